/** Greetings, thanks, stickers and voice: nothing is looked up, and nobody is shown a card of choices for them. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';

it('answers greetings and thanks in a sentence, and a nod not at all', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  for (const text of ['你好', '您好！', '早上好', '在吗']) {
    await officer.says(text);
    expect(officer.seesLast(), text).toContain('您好。发送“今天”可以看到要办的事');
  }
  for (const text of ['谢谢', '收到，谢谢', '辛苦了']) {
    await officer.says(text);
    expect(officer.seesLast(), text).toContain('不客气。');
  }
  const answered = officer.sees().length;
  expect(answered).toBe(7);
  for (const text of ['收到', '好的', '嗯嗯', 'OK', '👍', '👍🏻👍🏻', '❤️', '🌹🌹', '[赞]', '[比心][玫瑰]', '收到！'])
    await officer.says(text);
  expect(officer.sees()).toHaveLength(answered);
});

it('says that it heard nothing to do in mere talk, instead of asking which of two things is wished for', async () => {
  const house = await openHouse();
  const leader = house.person(SAMPLE_PEOPLE.leader);
  for (const text of ['昨晚值了一宿的班，困死了', '这雨下得没完没了']) {
    await leader.says(text);
    expect(leader.seesLast(), text).toContain('没有听出要办的事。发送“今天”');
  }
});

it('takes what can mean several things for the one that all of them are', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒本支部全体党员12月4日18:00前完成支部专题学习：学习春运安全保障工作方案');
  await secretary.says('不好意思，截止时间请改成12月3日（周四）上午9点。');
  expect(secretary.seesLast()).toContain('12月3日（周四）09:00');
});

it('still does what is asked beside a greeting', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('你好，我今天有啥要办的');
  expect(officer.seesLast()).not.toContain('您好。');
  expect(officer.seesLast()).toContain('今天');
});

it('says what to send instead of what it cannot read, and takes a sticker as the nod it is', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  house.emulator.sendOther(officer.id, 'sticker');
  await house.settles();
  expect(officer.sees()).toEqual([]);
  for (const [type, words] of [
    ['audio', '请用文字发送，或用输入法的语音输入转成文字'],
    ['media', '看不了视频'],
    ['location', '请把地点用文字写出来发送'],
    ['share_user', '请用文字写上姓名和要办的事'],
    ['share_chat', '读不了名片'],
    ['merge_forward', '请把要办的那句话复制出来'],
    ['vote', '读不了这种消息'],
  ] as const) {
    house.emulator.sendOther(officer.id, type);
    await house.settles();
    expect(officer.seesLast(), type).toContain(words);
    expect(officer.seesLast(), type).not.toContain('文件');
  }
  await officer.sends('现场.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  expect(officer.seesLast()).toContain('读不了图片里的内容');
  await officer.says('');
  expect(officer.seesLast()).toContain('请写上要办的事再发送');
});
