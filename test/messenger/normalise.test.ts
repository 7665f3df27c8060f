/** Recorded payloads → events. */
import { expect, test } from 'vitest';
import { normalise, Pushed } from '../../src/messenger/events/normalise.ts';
import { readInstant } from '../../src/messenger/events/read-instant.ts';
import { type Recorded, recorded } from './feishu-push.ts';

const read = (payload: Recorded) => normalise(Pushed.parse(payload));
const AT = new Date(1764316798123);
const PRESSED_AT = new Date(1764316799000);
const OPERATOR = 'ou_3c14f3a59eaf2825dbe25359f15df3d4';
const CHAT = 'oc_e4d2605ca917e695f54f11aaf56f8af1';

/** A recorded message with some of its fields replaced. */
function message(name: string, change: Record<string, unknown>, sender: Record<string, unknown> = {}): Recorded {
  const payload = recorded(name);
  Object.assign(payload.event.message as object, change);
  Object.assign(payload.event.sender as object, sender);
  return payload;
}

/** A recorded press with some fields of its action replaced. */
function press(change: Record<string, unknown>): Recorded {
  const payload = recorded('press-button');
  Object.assign(payload.event.action as object, change);
  return payload;
}

test('a text in a group: the bot’s mention goes, a person’s becomes the name, and the id is the message’s', () => {
  expect(read(recorded('message-text-group'))).toEqual({
    kind: 'message',
    id: 'om_5ce6d572455d361153b7cb51da133945',
    at: AT,
    person: 'ou_84aad35d084aa403a838cf73ee18467',
    chat: 'oc_5ce6d572455d361153b7xx51da133945',
    isGroup: true,
    text: '催办 @张三 谢谢',
    mentions: [{ at: 3, length: 3, name: '张三', id: 'ou_b' }],
    files: [],
  });
});

test('a post: title and lines, and the pictures among them, nine at most', () => {
  const picture = (key: string) => ({ key, name: '照片.jpg', isPicture: true });
  const text = '学习任务\n周五前完成\n[材料](https://example.com)';
  expect(read(recorded('message-post'))).toMatchObject({ isGroup: false, text, files: [picture('img_v2_x')] });
  const keys = Array.from({ length: 12 }, (_, index) => `img_v3_${index}`);
  const content = JSON.stringify({ content: keys.map((image_key) => [{ tag: 'img', image_key }]) });
  expect(read(message('message-post', { content }))).toMatchObject({ text: '', files: keys.slice(0, 9).map(picture) });
});

test('a file: key and name, no text', () => {
  expect(read(recorded('message-file'))).toMatchObject({
    text: '',
    files: [{ key: 'file_v2_123', name: '题库.xlsx', isPicture: false }],
  });
});

test('a picture: a key, and a name that Feishu does not give it', () => {
  const picture = message('message-file', { message_type: 'image', content: '{"image_key":"img_v3_1"}' });
  expect(read(picture)).toMatchObject({ text: '', files: [{ key: 'img_v3_1', name: '照片.jpg', isPicture: true }] });
});

test('a reply: the message it replies to', () => {
  const reply = message('message-post', { parent_id: 'om_parent', root_id: 'om_root' });
  expect(read(reply)).toMatchObject({ kind: 'message', repliesTo: 'om_parent' });
  expect(read(recorded('message-post'))).not.toHaveProperty('repliesTo');
});

test.each([
  ['sticker', '{"file_key":"x"}', 'sticker'],
  ['audio', '{"file_key":"x","duration":2000}', 'voice'],
  ['media', '{"file_key":"x","image_key":"y"}', 'video'],
  ['merge_forward', '{"content":"Merged and Forwarded Message"}', 'forward'],
  ['interactive', '{"title":"x","elements":[]}', 'card'],
  ['hongbao', 'no JSON', 'unknown'],
])('a %s has neither text nor files, and says what it is', (message_type, content, other) => {
  const sent = message('message-file', { message_type, content });
  expect(read(sent)).toMatchObject({ kind: 'message', text: '', files: [], other });
});

test.each([
  ['from a bot', message('message-file', {}, { sender_type: 'bot' })],
  ['from nobody', message('message-file', {}, { sender_id: null })],
  ['in a group, mentioning nobody', message('message-text-group', { mentions: undefined })],
  [
    'in a group, mentioning only a person',
    message('message-text-group', { mentions: [{ key: '@_user_1', name: '张三', mentioned_type: 'user' }] }),
  ],
  ['of a type the bot does not know', recorded('unknown-event')],
])('a message %s is none of the bot’s business', (_why, payload) => {
  expect(read(payload)).toBeUndefined();
});

test('what was read: who and which, without a time; at most the newest two hundred', () => {
  const payload = recorded('message-read');
  const person = 'ou_7dab8a3d3cdcc9da365777c7ad535d62';
  const id = payload.header.event_id;
  expect(read(payload)).toEqual({ kind: 'read', id, person, messages: ['om_1'] });
  payload.event.message_id_list = Array.from({ length: 250 }, (_, index) => `om_${index}`);
  expect(read(payload)).toMatchObject({ messages: { length: 200, 0: 'om_50', 199: 'om_249' } });
  payload.event.message_id_list = ['om_1\u0000'];
  expect(() => read(payload)).toThrow();
  payload.event.message_id_list = ['om_1'];
  payload.event.reader = { reader_id: { open_id: '' } };
  expect(() => read(payload)).toThrow();
  payload.event.reader = { reader_id: null };
  expect(() => read(payload)).toThrow();
  payload.event.reader = { reader_id: { union_id: 'on_1' } };
  expect(read(payload)).toBeUndefined();
});

test('a very long text is cut', () => {
  const long = message('message-post', {
    message_type: 'text',
    content: JSON.stringify({ text: '长'.repeat(150_000) }),
  });
  expect(read(long)).toMatchObject({ text: '长'.repeat(20_000) });
});

test.each([
  ['U+0000', 'a\u0000b', 'ab'],
  ['half of a pair', 'a\ud800b', 'a\ufffdb'],
  ['half of a pair, where a long text is cut', `${'长'.repeat(19_999)}😀`, `${'长'.repeat(19_999)}\ufffd`],
  ['direction marks', 'a\u202eb\u2066c\u200fd', 'abcd'],
  ['what has no width', 'a\u200bb\ufeffc\u00add', 'abcd'],
  ['an emoji of several signs', '👨‍👩‍👧 ❤️', '👨‍👩‍👧 ❤️'],
  ['several lines', '一\r\n\t二', '一\r\n\t二'],
])('a text with %s', (_what, text, expected) => {
  const change = { message_type: 'text', content: JSON.stringify({ text }) };
  expect(read(message('message-post', change))).toMatchObject({ text: expected });
  expect(read(press({ form_value: { deeds: text.slice(0, 1_000) } }))).toMatchObject({
    form: { deeds: expected.slice(0, 1_000) },
  });
});

test('no name of a file, a person or a field reads otherwise than it stands', () => {
  const content = JSON.stringify({ file_key: 'file_v2_1', file_name: ' 名单\u202exslx.\u0000exe\n' });
  expect(read(message('message-file', { content }))).toMatchObject({ files: [{ name: '名单xslx.exe' }] });
  const mentions = [
    { key: '@_user_1', name: '警心助手', mentioned_type: 'bot' },
    { key: '@_user_10', name: '阿依古丽 • 买买提\u202e', mentioned_type: 'user' },
  ];
  expect(read(message('message-text-group', { mentions }))).toMatchObject({ text: '催办 @阿依古丽·买买提 谢谢' });
  expect(() => read(press({ form_value: { 'a\u0000': 'x' } }))).toThrow();
});

test('what the message replies to counts as absent when it cannot be an id', () => {
  for (const parent_id of ['om_\u0000', '\udfff', 'om 1', 'x'.repeat(201), 7])
    expect(read(message('message-post', { parent_id }))).not.toHaveProperty('repliesTo');
});

test.each(['message_id', 'chat_id'])('a message whose %s cannot be an id is refused as unreadable', (field) => {
  for (const id of ['om_\u0000', '\udfff', 'om 1', '中', '', 'x'.repeat(201)])
    expect(() => read(message('message-post', { [field]: id }))).toThrow();
});

test('a name with U+0000 in its value, and a value that is nested', () => {
  expect(read(press({ value: undefined, name: 'a/b?q=1%002&press=c/d' }))).toMatchObject({
    button: 'a/b',
    value: { q: '12' },
  });
  expect(read(press({ value: { press: 'a/b', deep: [[]] } }))).toMatchObject({ button: '', value: {} });
});

test('a button: value.press names it, the other keys are the value', () => {
  expect(read(recorded('press-button'))).toEqual({
    kind: 'press',
    id: 'f7984f25108f8137722bb63cee927e66',
    at: PRESSED_AT,
    person: OPERATOR,
    chat: CHAT,
    messageId: 'om_574d639e4a44e4dd646eaf628e2480bd',
    button: 'study-tasks/complete',
    value: { task: '7b1c' },
    form: {},
  });
});

test('a form: the submit button’s name says which button and with which value', () => {
  expect(read(recorded('press-form'))).toMatchObject({
    button: 'monthly-star/nominate',
    value: { poll: '42', unit: '一大队' },
    form: { deeds: '雨夜执勤', standards: ['skilled', 'recognised'], due: '2025-06-10 +0800', agrees: true },
  });
});

test('a picker: what was chosen, with its offset', () => {
  expect(read(recorded('press-picker'))).toMatchObject({
    button: 'study-tasks/move',
    value: { task: '7b1c' },
    option: '2025-06-10 19:19 +0800',
  });
});

test.each([
  ['a string option list', { options: 'picture1' }, { option: 'picture1' }],
  ['a list of one option', { options: ['picture1'] }, { option: 'picture1' }],
  ['an input outside a form', { input_value: '三台' }, { option: '三台' }],
  ['a value that is text', { value: 'plain' }, { button: '', value: {} }],
  ['no value at all', { value: undefined }, { button: '', value: {} }],
  ['a press that names no button', { value: { press: '../../etc' } }, { button: '', value: {} }],
  [
    'a name with a question mark in its value',
    { value: undefined, name: 'a/b?q=1?2' },
    { button: 'a/b', value: { q: '1?2' } },
  ],
])('%s', (_what, change, expected) => {
  expect(read(press(change))).toMatchObject(expected);
});

test('a press on a link preview, which is no card of ours, is ignored', () => {
  const payload = recorded('press-button');
  payload.event.context = { url: 'https://example.com', preview_token: 'p' };
  expect(read(payload)).toBeUndefined();
});

test('a change in the contacts says only that there was one', () => {
  expect(read(recorded('contacts-user-updated'))).toEqual({
    kind: 'contacts',
    id: 'c4984f25108f8137722bb63cee927e66',
    at: PRESSED_AT,
  });
});

test.each([
  ['content that is no JSON', message('message-post', { content: '{' })],
  ['no message id', message('message-post', { message_id: undefined })],
  ['an endless form value', press({ form_value: { deeds: 'x'.repeat(10_001) } })],
  ['a form without end', press({ form_value: Object.fromEntries(Array.from({ length: 301 }, (_, at) => [at, ''])) })],
  ['a form value of an unknown shape', press({ form_value: { deeds: { nested: true } } })],
])('%s is refused as unreadable', (_what, payload) => {
  expect(() => read(payload)).toThrow();
});

test.each([
  ['1764316799', 1764316799000],
  ['1764316799123', 1764316799123],
  ['1764316799123456', 1764316799123],
])('the digits %s are an instant', (digits, ms) => {
  expect(readInstant(digits).getTime()).toBe(ms);
});
