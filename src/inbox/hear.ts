/** From what a person wrote to what they want: a command's word says it, or their own words do; else they are offered what they may mean. */
import type { Calendar } from '../calendar/calendar.ts';
import type { Command, Feature } from '../feature.ts';
import { mayAnywhere } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import { createReader, learnIntents, type ReadText } from '../reading/create-reader.ts';
import type { Lexicon, Term } from '../reading/lexicon.ts';
import type { Intent } from '../reading/rank/intents.ts';
import type { Ranker } from '../reading/rank/rank-intents.ts';
import type { Reading } from '../reading/reading.ts';
import type { Said } from '../reading/said.ts';
import type { Reader } from '../storage/database.ts';
import { pickPermitted, type Registry } from '../turn/registry.ts';
import { answerTo, chooseMatters, findAtHand, type Matter } from './at-hand.ts';
import { findFingerprint, readLexicon } from './lexicon.ts';
import { isSmallTalk } from './small-talk.ts';

/** A command that was meant; `rest` and `about` as a `Command` gets them. */
export type Meant = { feature: Feature; command: Command; rest: string; about?: string };
/** What was heard: one thing, or some of which one may be meant; none of these for a word of thanks that wants no answer. */
export type Heard = { reading: Reading } & ({ is: 'one'; meant: Meant } | { is: 'some'; offered: Meant[] });

/** Reads and hears texts of one tenant; `repliedTo` is the ref of the card that the text replies to. */
export type Hearing = (db: Reader, said: Said, who: Person, at: Date, repliedTo?: string) => Promise<Heard>;

/** What a wish scores at least that somebody may have. */
const HEARD = 3;
/** More buttons than these are no help. */
const MOST_OFFERED = 3;

/** Learns how all wishes sound, once; the names of the tenant are read anew when they change. */
export function createHearing(registry: Registry, calendar: Calendar): Hearing {
  const { features } = registry;
  const lends = features.flatMap((feature) => feature.lends ?? []);
  const ranker = learn(
    features.flatMap(({ hears = [] }) => hears),
    lends,
    calendar,
  );
  let known: { fingerprint: string; read: ReadText } | undefined;

  const readerOf = async (db: Reader): Promise<ReadText> => {
    const fingerprint = await findFingerprint(db);
    if (known?.fingerprint !== fingerprint) {
      const lexicon: Lexicon = { ...(await readLexicon(db)), terms: lends };
      known = { fingerprint, read: createReader(lexicon, ranker) };
    }
    return known.read;
  };

  return async (db, said, who, at, repliedTo) => {
    const read = await readerOf(db);
    const writer = { id: who.id, unitId: who.unitId, branchId: who.branchId };
    const matters = await findAtHand(features, db, who, at);
    const pending = findPending(matters, repliedTo);
    const reading = read(said, { now: at, calendar, writer, ...(pending && { pending: pending.wish }) });
    const meantBy = (answers: Meant[]) => follow(answers, matters, { said, who, at, repliedTo });
    const wishedFor = (wish: string) => registry.wish(wish).map((meant): Meant => ({ ...meant, rest: '' }));
    const named = registry.command(said.text.trim());
    if (named) return decide(reading, meantBy(withOthers(named, wishedFor)));
    const { is, ranked } = reading.intents;
    if (is !== 'sure' && pending && pending.ref === repliedTo && reading.slots.length > 0)
      return decide(reading, meantBy(wishedFor('draft.change')));
    const wished = ranked.map(({ name }) => meantBy(wishedFor(name)));
    const [surest = []] = wished;
    if (is === 'sure' && surest.length > 0) return decide(reading, surest);
    if (isSmallTalk(reading)) return { is: 'some', reading, offered: [] };
    const allowed = wished.map((meant) => meant.filter(({ command }) => mayAnywhere(who, command.action)));
    // 截止时间改成12月3日, of a draft: several wishes that may all be had, of which each means the same.
    const close = allowed.filter((_, at) => (ranked[at]?.score ?? 0) >= HEARD);
    const [same, ...others] = distinct(close.flat());
    if (same && others.length === 0 && close.length > 1 && close.every((meant) => meant.length > 0))
      return decide(reading, [same]);
    const offered = distinct(allowed.flat()).slice(0, is === 'likely' ? 2 : MOST_OFFERED);
    return is === 'likely' ? decide(reading, offered) : { is: 'some', reading, offered };
  };
}

/** One thing that is meant, or the question which. */
function decide(reading: Reading, meant: Meant[]): Heard {
  const [only, ...others] = meant;
  return only && others.length === 0
    ? { is: 'one', reading, meant: only }
    : { is: 'some', reading, offered: meant.slice(0, MOST_OFFERED) };
}

/** The draft that a further sentence may change. */
function findPending(matters: Matter[], repliedTo: string | undefined): Matter | undefined {
  const drafts = matters.filter(({ is }) => is === 'draft');
  return drafts.find(({ ref }) => ref === repliedTo) ?? drafts[0];
}

/** A command by its word, and whatever else answers its wishes: where the word is somebody else's, or it is about a matter at hand. */
function withOthers(named: Meant, wishedFor: (wish: string) => Meant[]): Meant[] {
  const others = (named.command.listens ?? []).flatMap(wishedFor).map((other) => ({ ...other, rest: named.rest }));
  return [named, ...(named.command.about ? others : others.filter(({ command }) => !command.about))];
}

/**
 * What of these answers is meant. Those about a matter at hand go first; where several matters of one feature can be meant and a command
 * shows them all, it does.
 */
function follow(
  answers: Meant[],
  matters: Matter[],
  { said, who, at, repliedTo }: { said: Said; who: Person; at: Date; repliedTo: string | undefined },
): Meant[] {
  const allowed = answers.filter(({ command }) => mayAnywhere(who, command.action));
  const able = matters.filter((matter) => answerTo(matter, allowed));
  const chosen = chooseMatters(able, said.text, at, repliedTo);
  const all = allowed.find(({ command, feature }) => !command.about && chosen.every((one) => one.feature === feature));
  if (chosen.length > 1 && all) return [all];
  const meant = chosen.flatMap((matter) => {
    const answer = answerTo(matter, allowed);
    return answer ? [{ ...answer, rest: '', about: matter.ref }] : [];
  });
  const [rest = ''] = answers.map((answer) => answer.rest);
  const usual = pickPermitted(answers, who);
  return meant.length > 0 ? meant.map((one) => ({ ...one, rest })) : usual ? [usual] : [];
}

/** Several wishes may be answered by one command. */
function distinct(meant: Meant[]): Meant[] {
  const isSame = (a: Meant, b: Meant) => a.command === b.command && a.about === b.about;
  return meant.filter((one, index) => meant.findIndex((other) => isSame(one, other)) === index);
}

/** Learning takes a third of a second: whoever starts several houses in one process learns the same wishes once. */
let learnt: { intents: Intent[]; ranker: Ranker } | undefined;

function learn(intents: Intent[], lends: Term[], calendar: Calendar): Ranker {
  const isSame = learnt?.intents.length === intents.length && intents.every((one, at) => learnt?.intents[at] === one);
  if (!learnt || !isSame) learnt = { intents, ranker: learnIntents(intents, lends, calendar) };
  return learnt.ranker;
}
