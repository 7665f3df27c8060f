/** A draft: written, shown as form or preview, filled in, corrected, cancelled. */

import { Outdated } from '../basics/errors.ts';
import { formatDay, formatDeadline, formatForPicker, formatInstant } from '../calendar/format.ts';
import type { Field, Option } from '../cards/fields.ts';
import { FormRefusal, form, sayMissing } from '../cards/form.ts';
import { PickedInstant } from '../cards/form-values.ts';
import { type Card, type CardVariables, card, type PressTurn, type Reply, type Turn, type Viewer } from '../feature.ts';
import { countMisheard } from '../misheard/counts.ts';
import { type AudienceSaid, audienceInForm, showAudienceForm } from '../people/audience/audience-form.ts';
import { objectToAudience, refuseForeignAudience } from '../people/audience/audience-reach.ts';
import { describeAudience, findPeopleOf } from '../people/audience/audience-words.ts';
import { sayUnused, WHY } from '../reading/listen.ts';
import { Id } from '../sight.ts';
import type { Reader } from '../storage/database.ts';
import { countReached, describeArrival, forecastCards, warnOfTooLate } from './arrival.ts';
import { type Draft, type Kind, type Published, past } from './contract.ts';
import * as queries from './queries.ts';

/** Gives somebody a draft, to them only: what is missing in it, or speaks against it, its form says. */
export async function proposeDraft<C>(
  kind: Kind<C>,
  turn: Turn,
  draft: Draft<C>,
  person: string,
  push: 'quiet' | 'answer' = 'answer',
): Promise<string> {
  const ref = await queries.createDraft(kind, turn.db, draft, person, turn.now);
  const isPast =
    (draft.dueAt && draft.dueAt <= turn.now) || draft.unused?.some((said) => said.endsWith(`（${WHY.past}）`));
  if (isPast) await countMisheard(turn, 'in-the-past');
  await turn.deliver({ key: `draft:${ref}`, to: { person }, card: 'draft', ref, push });
  return ref;
}

/** The form of a draft: what it says replaces what was understood. */
export async function fillDraft<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const found = await readDraft(kind, turn);
  const before = queries.draftOf(found);
  const { audience: whom, ...said } = formOf(kind, before).readSoFar(turn.form);
  const audience = whom ? await audienceInForm(turn.db, whom as AudienceSaid) : null;
  if (audience) await refuseForeignAudience(turn, kind.actions.publish, audience);
  const draft = { ...kind.draft.read(withoutGaps(said) as Partial<Draft<C>>, turn, before), audience };
  const missing = formOf(kind, draft).missing(draft);
  if (missing.length > 0) throw new FormRefusal(sayMissing(missing));
  const objection = await kind.draft.object(turn, draft);
  if (objection) throw new FormRefusal(objection);
  return keepDraft(kind, turn, found.id, draft, `请核对后确认${kind.words.publish}。`);
}

/** The picker on the preview: the end is corrected at once. */
export async function setDue<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const found = await readDraft(kind, turn);
  const dueAt = PickedInstant.parse(turn.option);
  const draft = { ...queries.draftOf(found), dueAt };
  const objection = await kind.draft.object(turn, draft);
  if (objection) return { toast: objection, kind: 'warning' };
  return keepDraft(kind, turn, found.id, draft, `${kind.words.due}改为${formatInstant(dueAt, turn)}。`);
}

/** Back from the preview to the form, with everything filled in. */
export async function editDraft<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const { id } = await readDraft(kind, turn);
  return (await queries.reopenDraft(turn.db, id)) ? { toast: '请修改后提交。' } : second(kind);
}

/** 取消 on a draft. */
export async function cancelDraft<C>(kind: Kind<C>, turn: PressTurn): Promise<Reply> {
  const { id } = await readDraft(kind, turn);
  return (await queries.cancelDraft(turn.db, id)) ? { toast: '已取消，没有发给任何人。' } : second(kind);
}

function withoutGaps(said: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

async function keepDraft<C>(kind: Kind<C>, turn: PressTurn, id: string, draft: Draft<C>, toast: string) {
  return (await queries.updateDraft(kind, turn.db, id, draft)) ? { toast } : second(kind);
}

/** What whoever comes second is told. */
function second<C>({ words }: Kind<C>): Reply {
  return { toast: past(words), kind: 'warning' };
}

/** The writer's card: the form while something is missing, else the preview, and what became of it. */
export function draftCard<C>(kind: Kind<C>): Card {
  return card({
    ...{ ref: Id, action: kind.actions.publish },
    matter: (db, id) => queries.findDraftMatter(kind, db, id),
    templates: ['publication/draft-form', 'publication/draft-preview', 'publication/draft-closed'],
    load: async (db, id, viewer) => {
      const found = await queries.find(kind, db, id);
      if (!found) return undefined;
      if (found.state !== 'draft') return viewer.isUnasked ? undefined : closed(kind, found);
      const draft = queries.draftOf(found);
      const objection =
        (await objectToAudience(db, viewer.who, kind.actions.publish, draft.audience)) ??
        (await objectToDraft(kind, { db, now: viewer.now, calendar: viewer.calendar }, draft));
      return found.isEditing || objection || formOf(kind, draft).missing(draft).length > 0
        ? showForm(kind, db, draft, objection, viewer)
        : preview(kind, db, found, viewer);
    },
  });
}

/** Why a draft cannot be confirmed as it is, as a sentence that says what to do; undefined where it can, but for what it lacks. */
export async function objectToDraft<C>(
  kind: Kind<C>,
  view: Parameters<Kind<C>['draft']['object']>[0],
  draft: Draft<C>,
): Promise<string | undefined> {
  return formOf(kind, draft).object(draft) ?? (await kind.draft.object(view, draft));
}

/** The form of a draft. */
export function formOf<C>({ draft: { fields } }: Kind<C>, draft: Draft<C>) {
  return form(fields(draft) as Record<string, Field<unknown, boolean>>);
}

async function showForm<C>(
  kind: Kind<C>,
  db: Reader,
  draft: Draft<C>,
  objection: string | undefined,
  viewer: Viewer,
): Promise<CardVariables> {
  const { feature, words } = kind;
  const form = formOf(kind, draft);
  const { options = {}, ...lead } = (await kind.draft.lead?.(db, draft, viewer)) ?? {};
  const wasUnderstood = (draft.unused ?? []).length === 0;
  const audience = await showAudienceForm(db, viewer, kind.actions.publish, draft.audience, wasUnderstood);
  // What stands only under the folded pickers is said in words as well.
  const whom =
    draft.audience && audience.choice === '' ? await describeAudience(db, draft.audience, viewer) : undefined;
  const holds = {
    ...draft,
    audience,
    opensAt: draft.opensAt && formatForPicker(draft.opensAt, viewer),
    dueAt: draft.dueAt && formatForPicker(draft.dueAt, viewer),
  };
  return {
    ...{ template: 'publication/draft-form', feature, matter: words.matter, publish: words.publish },
    ...{ title: words.matter, notes: [], panels: [], hint: describeGaps(form.missing(draft)) },
    whom: whom ? `范围：${whom.text}` : '',
    ...lead,
    ...(objection && { hint: objection }),
    unused: sayUnused(draft.unused ?? [], '需要的话请在下面填上。'),
    form: form.draw(holds, options as Record<string, Option[]>),
  };
}

function describeGaps(missing: string[]): string {
  return missing.length > 0 ? `还差：${missing.join('、')}。` : '请修改后提交。';
}

async function preview<C>(kind: Kind<C>, db: Reader, found: Published<C>, viewer: Viewer): Promise<CardVariables> {
  const draft = queries.draftOf(found);
  const whom = draft.audience ? await describeAudience(db, draft.audience, viewer) : { text: '', count: 0, names: '' };
  const { publish } = kind.words;
  const people = draft.audience ? await findPeopleOf(db, draft.audience, viewer.now) : [];
  const forecast = await forecastCards(kind, viewer, db, people, draft.dueAt);
  return {
    ...{ template: 'publication/draft-preview', feature: kind.feature, matter: kind.words.matter, publish },
    ...{ title: kind.words.matter, notes: [], panels: [], remark: '', confirm: '' },
    count: whom.count,
    names: whom.names,
    initial: draft.dueAt ? formatForPicker(draft.dueAt, viewer) : '',
    due: draft.dueAt ? formatDeadline(draft.dueAt, viewer) : '',
    isNow: forecast.later.length === 0 && forecast.tooLate === 0,
    tooLate: warnOfTooLate(forecast, draft.dueAt, kind.words.due),
    reachable: countReached(forecast) + forecast.tooLate,
    arrival: `${describeArrival(forecast, viewer)}${describeLength(whom.count)}${warnOfRest(draft, viewer)}`,
    ...(await kind.draft.preview(db, draft, viewer, whom, found.id)),
  };
}

/** A day off on which it begins or is due, in words: for whoever had no day off in mind. */
function warnOfRest({ opensAt, dueAt }: Pick<Draft<unknown>, 'opensAt' | 'dueAt'>, viewer: Viewer): string {
  const days = [opensAt, dueAt].flatMap((at) => (at ? viewer.calendar.dayOf(at) : []));
  const rest = [...new Set(days)].filter((day) => !viewer.calendar.isWorkday(day));
  return rest.length > 0
    ? `${rest.map((day) => formatDay(day, viewer)).join('、')}${rest.length > 1 ? '都' : '这一天'}休息，请核对时间。`
    : '';
}

/** Feishu takes 1,000 messages a minute from an app (https://open.feishu.cn/document/server-docs/im-v1/message/create). */
function describeLength(people: number): string {
  return people > 1_000 ? `全部送完约需${Math.ceil(people / 1_000)}分钟。` : '';
}

function closed<C>({ feature, name, words }: Kind<C>, { state, content }: Published<C>): CardVariables {
  const { name: kind, about } = name(content);
  const end =
    state === 'cancelled'
      ? { state: { is: 'over', word: '已取消' }, line: '已取消，没有发给任何人。' }
      : state === 'recalled'
        ? { state: { is: 'over', word: '已撤回' }, line: `已撤回${words.publish}，请用重新发给您的草稿。` }
        : { state: { is: 'done', word: `已${words.publish}` }, line: `已${words.publish}，进展请看进度卡片。` };
  return { template: 'publication/draft-closed', feature, matter: words.matter, name: kind, about, ...end };
}

/** The draft a card is about; a draft that is none any more is refused in words. */
export async function readDraft<C>(kind: Kind<C>, turn: PressTurn): Promise<Published<C>> {
  const found = await queries.hold(kind, turn.db, turn.pressed.ref);
  if (found?.state === 'draft') return found;
  const { it, confirmed, begin } = kind.words;
  throw new Outdated(
    found?.state === 'published' || found?.state === 'ended'
      ? `${it}已经${confirmed}，不用再按。`
      : `这份草稿已经取消。发送“${begin}”可以重新开始。`,
  );
}
