/** A whole month of 每月一星 as people have it: from the opening tick to the roll of honour. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import {
  candidacyOf,
  EVENING_BEFORE,
  lastRound,
  nominate,
  openCandidate,
  openCast,
  postsOf,
  says,
  toastOf,
} from './monthly-star/playing.ts';

it('plays a month from the opening tick to the roll of honour', async () => {
  const cast = await openCast(EVENING_BEFORE);
  const { house, administrator, officer, auxiliary, secretary, chief, leader } = cast;
  const [star, second] = [SAMPLE_PEOPLE.auxiliary, SAMPLE_PEOPLE.secretary];
  const starName = await house.nameOf(star);

  // The timetable opens a draft on the first workday, for the political office and nobody else.
  await house.clockMovesTo('2026-12-01T09:26:00+08:00');
  expect(administrator.seesLast('2026年12月每月一星')).toContain('[确认发起（400人）]');
  expect(officer.sees()).toEqual([]);
  await administrator.presses('确认发起');
  await house.settles();
  expect(administrator.seesLast('2026年12月每月一星')).toContain('提名：12月8日（周二）18:00 截止');
  expect(officer.seesLast('2026年12月每月一星')).toContain('[提名]');

  // A deed is logged, and offered as evidence; two nominate the same person.
  await auxiliary.says('登记实事 雨天帮抛锚车辆推到安全地带');
  await officer.says(`提名 ${starName}`);
  const posts = await postsOf(house);
  const [deed] = await house.app.db.sql<{ id: string }>`SELECT id FROM star_deed`;
  const handedIn = await officer.presses('提交提名', {
    nominee: star,
    post: posts[0]?.id,
    firm: '带头学习，遇事冲在前面。<at id=all></at>',
    deeds: [deed?.id],
  });
  expect(toastOf(handedIn)).toContain('已提交');
  expect(toastOf(await officer.presses('加照片'))).toContain('请在30分钟内把照片发到这里');
  const photo = Buffer.from([0xff, 0xd8, 0xff, 1]);
  await officer.sends('现场.jpg', photo);
  expect(officer.seesLast()).toContain(`照片已加到您对${starName}的提名`);
  expect(await nominate(cast, leader, star, 0, { recognised: '群众送来锦旗。' })).toContain('已提交');
  expect(await nominate(cast, officer, second, 1, { skilled: '窗口业务熟练。' })).toContain('已提交');

  // Nominations end by the clock; each candidacy is checked, with the words of both.
  await house.clockMovesTo('2026-12-08T18:00:01+08:00');
  await house.clockMovesTo('2026-12-09T09:00:00+08:00');
  // One of the three that are due at once is the third of the administrator's day, and comes as the 今天 card: this one, or another.
  if (!administrator.sees().some((card) => card.includes('待核实 2位（共2位）'))) {
    await administrator.presses('去办理');
    await house.settles();
  }
  expect(administrator.seesLast('每月一星 · 候选人')).toContain('待核实 2位（共2位）');
  await openCandidate(cast, administrator, starName);
  const seen = administrator.seesLast('候选人 · 事迹');
  expect(seen).toContain('带头学习，遇事冲在前面。<at id=all></at>');
  expect(seen).toContain('雨天帮抛锚车辆推到安全地带');
  expect(seen).toContain('第1份提名，共2份');
  expect(
    toastOf(await administrator.presses('核实通过', { statement: '带头学习，雨天帮群众推车，收到锦旗。' })),
  ).toContain('已核实通过');
  await house.settles();
  await openCandidate(cast, administrator, await house.nameOf(second));
  await administrator.presses('核实通过');
  await house.settles();
  const list = house.person(administrator.id);
  expect(toastOf(await list.presses('完成核实'))).toContain('2位候选人请纪检委员提出意见');
  await house.settles();

  // The discipline officer of the nominees' branch gives the opinion.
  const [commissioner] = await house.app.db.sql<{ id: string }>`
    SELECT r."personId" AS id FROM role_assignment r JOIN branch b ON b.id::text = r."scopeId" WHERE r.role = 'discipline-commissioner' AND b.name = '一大队党支部'`;
  const discipline = house.person(commissioner?.id ?? '');
  expect(discipline.seesLast('每月一星 · 候选人')).toContain('待提意见 2位（共2位）');
  for (const id of [star, second]) {
    await openCandidate(cast, discipline, await house.nameOf(id));
    await discipline.presses('无异议');
    await house.settles();
  }
  expect((await lastRound(house)).state).toBe('voting');

  // Everybody may vote once; nobody sees a result before the close.
  const ballot = { post0: (await candidacyOf(house, star)).id, post1: (await candidacyOf(house, second)).id };
  const voters = [officer, auxiliary, leader, secretary, chief, administrator];
  for (const voter of voters) {
    expect(voter.seesLast('每月一星 · 参考投票')).toContain('投票只供领导研究时参考');
    expect(toastOf(await voter.presses('提交投票', ballot))).toBe('已收到您的投票，谢谢。');
  }
  expect(officer.seesLast('每月一星 · 参考投票')).not.toMatch(/参考票 \d/);

  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 1000));
  expect((await lastRound(house)).state).toBe('deciding');
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));

  // The chief decides on deeds, opinion and advice.
  const decision = chief.seesLast('每月一星 · 集体研究');
  expect(decision).toContain('参考投票 6人（共400人）');
  expect(decision).toContain(`${starName} · 纪检无异议 · 参考票 6`);
  await chief.presses('查看候选人');
  await house.settles();
  await openCandidate(cast, chief, starName);
  await chief.presses('看照片');
  await house.settles();
  expect((await chief.files()).map(({ bytes }) => bytes)).toEqual([photo]);
  expect(toastOf(await chief.presses('确认人选', ballot))).toBe('已确认2位，开始公示5个工作日。');
  await house.settles();
  expect(officer.seesLast('每月一星 · 公示')).toContain('带头学习，雨天帮群众推车，收到锦旗。');

  // Five working days without an objection; then the commendation, and the roll.
  const { noticeUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((noticeUntil?.getTime() ?? 0) - 600_000));
  expect((await lastRound(house)).state).toBe('noticing');
  await house.clockMovesTo(noticeUntil ?? new Date(0));
  expect((await lastRound(house)).state).toBe('published');
  await house.clockMovesTo(new Date((noticeUntil?.getTime() ?? 0) + 58 * 3_600_000));
  // The notice ended with a Friday: the weekend stays quiet, the commendation comes on Monday.
  expect(officer.seesLast('每月一星 · 表扬')).toContain(`${starName} · 一大队 · 执法执勤（第1位）`);
  expect(await house.app.db.sql`SELECT 1 FROM star_picture WHERE bytes IS NOT NULL`).toEqual([]);
  await says(cast, officer, '光荣榜');
  expect(officer.seesLast()).toContain('已有2位每月一星');
  expect(officer.seesLast()).toContain(`第1位 ${starName}`);
  await says(cast, officer, '每月一星');
  expect(officer.seesLast()).toContain('已发布');
});

it('opens the round of the month it is when the tick was missed for weeks, and puts away drafts that nobody confirmed', async () => {
  const { house, administrator, secretary } = await openCast(EVENING_BEFORE);
  await secretary.says('发起每月一星');
  await house.isOffUntil('2027-01-13T10:00:00+08:00');
  expect(await house.app.db.sql`SELECT title, state FROM star_round ORDER BY "createdAt"`).toEqual([
    { title: '2026年11月每月一星', state: 'cancelled' },
    { title: '2027年1月每月一星', state: 'draft' },
  ]);
  expect(administrator.seesLast('2027年1月每月一星')).toContain('[确认发起（400人）]');
  await secretary.says('今天');
  expect(secretary.seesLast()).not.toContain('每月一星：待确认');
});
