/** A contest or an exam as something that is published: its words, its form, its preview, what its progress card tells, its end. */
import { formatDeadline } from '../../../calendar/format.ts';
import type { Turn, Viewer } from '../../../feature.ts';
import { nameAudience } from '../../../people/audience/audience-words.ts';
import type { Fact, Kind, Published } from '../../../publication/contract.ts';
import { countStandings } from '../../../publication/parts.ts';
import { countAll, countedOn } from '../../../publication/rules.ts';
import type { Reader } from '../../../storage/database.ts';
import { findPool } from '../bank/queries.ts';
import { nameQuiz, nameTopics } from '../schema.ts';
import { QuizSettings } from '../settings.ts';
import { contestFields, examFields } from './draft-fields.ts';
import { type Content, EMPTY_DRAFT, findObjection } from './draft-rules.ts';
import { formatWindow } from './format-window.ts';
import { hearQuiz } from './from-sentence.ts';
import * as queries from './queries.ts';
import { describeAverage, describeMastery, describeRanking, listHardest } from './summary.ts';
import { describeTeams } from './teams.ts';

export const quiz: Kind<Content> = {
  feature: 'quizzes',
  actions: { publish: 'quiz.publish', watch: 'quiz.watch', names: 'quiz.watch', nudge: 'quiz.publish' },
  card: 'paper',
  said: /答|考|(?<![主议标话专])题|测|比拼|竞赛/u,
  wish: ({ kind }) => (kind === 'exam' ? 'quiz.exam' : 'quiz.contest'),
  progressWish: 'quiz.progress',
  hear: hearQuiz,
  endsByItself: true,
  reminders: {},
  words: {
    ...{ matter: '答题活动', it: '这次答题', noun: '答题', publish: '发布', confirmed: '发布' },
    ...{ do: '参加', open: '未参加', due: '结束时间', nudge: '提醒', nudgeButton: '提醒未参加的人' },
    ...{ withdraw: '撤销', relief: '无需参加', begin: '发布答题', progress: '答题情况', progressTitle: '进度' },
    published: (count) => `已发布给${count}人，到时间自动开始和结束。`,
  },
  read: queries.findContents,
  write: queries.keepContent,
  name: ({ kind, topics }) => ({ name: nameQuiz(kind, topics), about: '' }),
  draft: {
    fields: ({ kind }) => (kind === 'exam' ? examFields : contestFields),
    read: (said, _turn, { kind }) => ({ ...EMPTY_DRAFT, count: null, ...said, kind }),
    lead: async (_db, { kind }) => ({ title: nameQuiz(kind, []) }),
    object: async ({ db, calendar, now }, draft) =>
      findObjection(draft, now, (await findPool(db, draft.topics, calendar.dayOf(now))).length),
    preview: async (_db, draft, viewer, whom) => ({
      title: nameQuiz(draft.kind, draft.topics),
      line: describeTime(draft, viewer),
      rows: [
        { label: '主题', value: nameTopics(draft.topics) },
        { label: '试卷', value: describePaper(draft) },
        { label: '参加范围', value: whom.text },
        { label: '成绩', value: draft.isByUnit ? '按单位统计平均答对率，参加不足5人的单位不单列' : '' },
      ],
    }),
  },
  progress: async (db, published, viewer) => {
    const { content, audience, opensAt, dueAt, state } = published;
    const isOver = state !== 'withdrawn' && dueAt !== null && dueAt <= viewer.now;
    const { rows, panels } = isOver ? await summarise(db, published, viewer) : { rows: [], panels: [] };
    return {
      rows: [
        { label: '时间', value: opensAt && dueAt ? formatWindow(opensAt, dueAt, viewer) : '' },
        { label: '主题', value: nameTopics(content.topics) },
        { label: '参加范围', value: audience ? await nameAudience(db, audience) : '' },
        ...rows,
      ],
      panels,
      more: isOver && content.kind === 'exam' ? [{ text: '查看成绩单', press: 'quizzes/results', primary: true }] : [],
    };
  },
  names: async (db, published, viewer) => {
    const counts = await countStandings(db, published.id, countedOn(published, viewer));
    return { counts: `未参加共${countAll(counts) - counts.done}人` };
  },
  changed: async (turn, published, act) => {
    if (act === 'end') await tellResult(turn, published);
    if (act === 'end' || act === 'withdraw') await turn.refresh(...(await queries.findKeptBack(turn.db, published.id)));
  },
};

function describeTime({ opensAt, dueAt }: { opensAt: Date | null; dueAt: Date | null }, viewer: Viewer): string {
  if (!dueAt) return '';
  return opensAt ? formatWindow(opensAt, dueAt, viewer) : `发布后马上开始，${formatDeadline(dueAt, viewer)}结束`;
}

function describePaper({ kind, count, minutes, passPercent }: Content): string {
  return kind === 'exam' ? `每人${count}题，${minutes}分钟，答对${passPercent}%及格` : `每人${count}题，题目随机`;
}

/** How it went, for those who took part: what was hardest, how topics are mastered, and by unit where that was announced. */
async function summarise(db: Reader, { id, content }: Published<Content>, viewer: Viewer) {
  const hardest = await listHardest(db, id, viewer);
  const teams = content.isByUnit ? await describeTeams(db, id) : '';
  const ranking = viewer.settings(QuizSettings).RANKINGS === 'on' ? await describeRanking(db, id) : '';
  const rows: Fact[] = [
    { label: '总体', value: await describeAverage(db, id) },
    { label: '各主题', value: await describeMastery(db, id) },
  ];
  return {
    rows,
    panels: [
      ...hardest.map(({ article, text }) => ({ title: `错得最多：${article}`, text })),
      ...(teams ? [{ title: '各单位情况', text: teams }] : []),
      ...(ranking ? [{ title: '答对最多的十人', text: ranking }] : []),
    ],
  };
}

/** The end: the issuer gets the summary, and what was wrong comes back in practice. The question of the day has neither. */
async function tellResult(turn: Turn, { id, content, issuedById }: Published<Content>): Promise<void> {
  if (content.kind !== 'daily') await queries.rememberMistakes(turn.db, id, turn.now);
  if (!issuedById) return;
  const to = { person: issuedById };
  await turn.deliver({ key: `summary:${id}`, to, card: 'progress', ref: id, push: 'quiet' });
}
