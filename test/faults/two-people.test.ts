/** A press by somebody the card was not for: refused politely, and nothing is shown or changed. */
import { expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type Posted, post, seal, sign } from '../messenger/feishu-push.ts';
import { findPressable } from '../support/card-reader.ts';
import { type House, openHouse } from '../support/house.ts';

const SENTENCE = '提醒全支队全体人员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';
const OWNER = SAMPLE_PEOPLE.administrator;
const OTHER = SAMPLE_PEOPLE.secretary;

it('a second person who presses 确认发布 on the same preview is refused, and sees nothing of it', async () => {
  const house = await openDraft();
  expect(await pressAs(house, OTHER)).toEqual({
    status: 200,
    body: { toast: { type: 'warning', content: '这张卡片不是发给您的，没有改动任何内容。' } },
  });
  expect(await house.app.db.sql`SELECT state FROM publication`).toEqual([{ state: 'draft' }]);
  expect(await house.person(OWNER).presses('确认发布')).toMatchObject({ ok: true, toast: { type: 'success' } });
});

it('both at once: the owner publishes, the other is refused', async () => {
  const house = await openDraft();
  const [owner, other] = await Promise.all([house.person(OWNER).presses('确认发布'), pressAs(house, OTHER)]);
  expect(owner).toMatchObject({ ok: true, toast: { type: 'success' } });
  expect(other).toMatchObject({ status: 200, body: { toast: { type: 'warning' } } });
  expect(other.body).not.toHaveProperty('card');
  expect(await house.app.db.sql`SELECT state FROM publication`).toEqual([{ state: 'published' }]);
});

it('somebody who is in no contacts is told whom to ask', async () => {
  const pressed = await pressAs(await openDraft(), 'ou_00000000000000000000000000000000');
  expect(JSON.stringify(pressed.body)).toContain('没有在通讯录里找到您');
  expect(pressed.body).not.toHaveProperty('card');
});

/** The owner has a preview. Both are administrators, so that only whose card it is tells them apart. */
async function openDraft(): Promise<House> {
  const house = await openHouse({ environment: { ADMIN_IDS: `${OWNER},${OTHER}` } });
  await house.person(OWNER).says(SENTENCE);
  return house;
}

/** A genuine press by `person` on the owner's preview, as Feishu would push it. */
function pressAs({ app, emulator, credentials }: House, person: string): Promise<Posted> {
  const preview = emulator.messagesOf(OWNER).at(-1);
  const payload = {
    schema: '2.0',
    header: {
      event_id: `by-${person}`,
      event_type: 'card.action.trigger',
      create_time: `${now().getTime()}000`,
      token: credentials.verificationToken,
      app_id: credentials.appId,
      tenant_key: 'tenant',
    },
    event: {
      operator: { open_id: person },
      action: findPressable(preview?.content, '确认发布'),
      context: { open_message_id: preview?.id, open_chat_id: preview?.chatId },
    },
  };
  const body = seal(JSON.stringify(payload), credentials.encryptKey);
  return post(`${app.url}/webhook/event`, body, sign(body, credentials.encryptKey));
}
