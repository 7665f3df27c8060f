/** One function per question about deliveries. */
import {
  type Feature,
  type PersonTurn,
  type PressTurn,
  type Reply,
  refuse,
  sendCard,
  type Typed,
} from '../../feature.ts';
import { turnPage } from '../../pager.ts';
import { findMatches, findPeople, type Match } from '../../people/find-people.ts';
import { listen } from '../../reading/listen.ts';
import { pickPerson } from '../../reading/pick/pick-who.ts';
import { findSentOut } from './reach-card.ts';
import { MAX_CHOICES, OwnWaysRef, ReachRef, WaysRef } from './schema.ts';

const EXAMPLE = '为什么没收到 程立山';

/** 送达情况: of the newest thing that the person has sent out; the card offers the others. */
export async function askReach(others: Feature[], turn: PersonTurn): Promise<Reply | undefined> {
  const [newest] = await findSentOut(others, turn.db, turn.who, turn);
  if (!newest) return { toast: '您最近没有发布过什么。发布以后，发送“送达情况”可以看送到了多少人。', kind: 'warning' };
  await sendCard(turn, 'reach', ReachRef.write(newest));
  return undefined;
}

/** The same of another one, or from a progress card. */
export async function openReach(
  others: Feature[],
  turn: PressTurn,
  said: { feature: string; id: string },
): Promise<Reply> {
  const sent = await findSentOut(others, turn.db, turn.who, turn);
  if (!sent.some(({ feature, id }) => feature === said.feature && id === said.id))
    return refuse('只有发布人能看送达情况，已经撤销的不再统计。');
  await sendCard(turn, 'reach', ReachRef.write(said));
  return { toast: '送达情况已发给您。', keepForm: true };
}

/** 为什么没收到: oneself, or with a name somebody whom an administrator asks about. */
export async function askWhy(turn: PersonTurn, typed: Typed): Promise<Reply | undefined> {
  const asked = await findAsked(turn, typed);
  if (!asked) return showOwnWays(turn, listen(typed.reading).left());
  const { people, isSure } = asked;
  const [person] = people;
  const mayAsk = turn.may('deliveries.trace', 'detachment');
  if (people.some(({ id }) => id === turn.who.id) && (isSure || !mayAsk)) return showOwnWays(turn, []);
  if (!mayAsk) return { toast: '别人的送达情况只有管理员能查；发送“为什么没收到”可以查自己的。', kind: 'warning' };
  if (!person) return { toast: `没有找到这个人，请核对姓名，例如：${EXAMPLE}`, kind: 'warning' };
  if (people.length > MAX_CHOICES)
    return { toast: `可能的人有${people.length}位，请在姓名后加空格写上单位。`, kind: 'warning' };
  if (isSure) await showWays(turn, person.id);
  else await sendCard(turn, 'people', people.map(({ id }) => id).join(','));
  return undefined;
}

/** One of several who may be meant. */
export async function askOf(turn: PressTurn, { person }: { person: string }): Promise<Reply> {
  const [found] = await findMatches(turn.db, [person]);
  if (!found) return refuse('这个人已经不在通讯录里，请重新发送“为什么没收到”和姓名。');
  await showWays(turn, found.id);
  return { toast: `${found.name}的送达情况已发给您。`, keepForm: true };
}

/** Another page, on the same card. */
export function turnWays(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { person, key } = WaysRef.parse(turn.pressed.ref);
  return turnPage(turn, `ways:${key}`, 'ways', WaysRef.write({ person, page, key }), page);
}

/** Another page of one's own. */
export function turnOwnWays(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { key } = OwnWaysRef.parse(turn.pressed.ref);
  return turnPage(turn, `own-ways:${key}`, 'own-ways', OwnWaysRef.write({ page, key }), page);
}

/** Whom a question is about: who was named in the sentence, else what follows the command's word; undefined where nobody is. */
async function findAsked(
  turn: PersonTurn,
  { reading, rest }: Typed,
): Promise<{ people: Match[]; isSure: boolean } | undefined> {
  const said = pickPerson(reading);
  if (said.is === 'one') return { people: await findMatches(turn.db, [said.value.id]), isSure: true };
  const ids = said.is === 'unclear' ? said.choices.map(({ id }) => id) : [];
  if (ids.length > 0) return { people: await findMatches(turn.db, ids), isSure: false };
  if (rest.trim() === '') return undefined;
  const people = await findPeople(turn.db, rest);
  return { people, isSure: people.length === 1 };
}

function showWays(turn: PersonTurn, person: string): Promise<void> {
  const ref = WaysRef.write({ person, page: 0, key: turn.eventId });
  return turn.deliver({ key: `ways:${turn.eventId}`, to: { person: turn.who.id }, card: 'ways', ref, push: 'answer' });
}

/** What of the sentence was not used is named: it may have been a name. */
async function showOwnWays(turn: PersonTurn, left: string[]): Promise<Reply | undefined> {
  const ref = OwnWaysRef.write({ page: 0, key: turn.eventId });
  const to = { person: turn.who.id };
  await turn.deliver({ key: `own-ways:${turn.eventId}`, to, card: 'own-ways', ref, push: 'answer' });
  if (left.length === 0) return undefined;
  const unused = left.map((one) => `“${one}”`).join('、');
  return { toast: `没有用上：${unused}，下面是发给您自己的。查别人请写全姓名，例如：${EXAMPLE}`, kind: 'warning' };
}
