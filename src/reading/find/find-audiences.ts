/** Puts the atoms of addressees together, and says which of them are addressed and which are only spoken of. */

import type { Audience, Place } from '../audience-type.ts';
import type { Lexicon } from '../lexicon.ts';
import { isSame } from '../names/place-names.ts';
import type { Relations } from '../names/relations.ts';
import type { Span } from '../normalise.ts';
import { TAKEN } from '../sheet.ts';
import type { AudienceSlot, PersonSlot, PlaceSlot } from '../slots.ts';
import type { Atom, Group, PersonAtom, PlaceAtom, WhoAtom } from './atoms.ts';
import { except, exceptUnknown, isException } from './find-exceptions.ts';

const BETWEEN = /^\s?(?:的|、|和|以及|及|与|跟|同)?\s?$/;
const LABEL = /(?:(?:范围|对象|发给谁?|参加人员|学习人员|参训人员)\s*[:是为]?|参加\s*[:是为])\s*$/;
const CALL =
  /(?:[请给让@对]|组织|提醒|通知|安排|要求|督促|发动|动员|面向|推送给|发送给|考|只要|只给|只发给|只限|仅限|就给|转发)(?:一下|下|好|给)?\s*$/;
const SUBJECT =
  /^们?\s*,?\s*(?:说(?:一下|一声|一句)|请|组织|于|在|须|需|要(?!求)|就?定[在于]|提前|都|均|应|务必|每人|各[发领]|认真|抓紧|尽快|可以?|把|参加)/;
const DOER =
  /(?:由|经|受|按照?|根?据|依据|(?<![通简公海日月周年汇情])报送?|上报|交给?|联系|发至|送至?|抄送|汇总至)\s*$/;
const DOES =
  /^(?:将|提供|下发|印发|决定|牵头|负责|统一|制定|研究|汇总|备案|存档|发布|通报|党委|组织(?!学习)|要结合|纪检室)/;
const PLACE_OF = /(?:到|在|去|往|从|至|调[到往给]|(?:领取)?(?:地点|地址)\s*[:是为在]?|领取[点处]\s*[:是为在]?)\s*$/;
/** A sentence that begins so tells why, and whom others have called upon. */
const REASON = /^\s*(?:根据|按照?|为|鉴于|经|依据)/;
/** 支队党委要求各支部以案为鉴: what others have called upon everybody to do. */
const TOLD_BY = /(?:党委|支队|市局|总队|省厅|上级|部局|政治处|机关)[^,。;\n]{0,4}(?:要求|部署|号召)\s*$/;
/** 各支部书记于12月11日前将组织情况报政治处, 请内勤于12月7日前交回: who reports is not whom it is for. */
const REPORTS =
  /^[^,。;\n]{0,16}?将[^,。;\n]{0,20}(?:报(?:送|到|给|至)?|交(?!通|警|流|叉|接)|送|汇总|反馈)|^(?:同志)?[于在]?[^,。;\n]{0,14}?(?:交回|收回|收齐|汇总|上报|报回)/;
const CHECKED = /抽查|督[查导]|检查|轮训|召开|举行|研究/;

/** The slots of all atoms; every atom stands in exactly one. */
export function findAudiences(
  text: string,
  atoms: Atom[],
  lexicon: Lexicon,
  relations: Relations,
): (AudienceSlot | PersonSlot | PlaceSlot)[] {
  const groups = groupAtoms(text, atoms, lexicon, relations);
  const slots: (AudienceSlot | PersonSlot | PlaceSlot)[] = [];
  for (const group of groups.filter((one) => !isException(text, one))) slots.push(...toSlots(text, group));
  for (const group of groups.filter((one) => isException(text, one))) except(text, group, slots);
  exceptUnknown(text, atoms, slots);
  return slots.sort((a, b) => a.start - b.start).map((slot) => ({ ...slot, ...stretch(text, slot) }));
}

function groupAtoms(text: string, atoms: Atom[], lexicon: Lexicon, relations: Relations): Group[] {
  const groups: Group[] = [];
  for (const atom of [...atoms].sort((a, b) => a.start - b.start)) {
    const group = groups.at(-1);
    const last = group?.atoms.at(-1);
    const between = group ? text.slice(group.end, atom.start) : undefined;
    if (group && last?.is === 'person' && atom.is === 'place' && between !== undefined && /^\s?[(\s]$/.test(between)) {
      // 张伟（二大队）
      narrow(last, atom, lexicon, relations);
      group.end = atom.end + (text.charAt(atom.end) === ')' ? 1 : 0);
    } else if (
      group &&
      last?.is === 'place' &&
      atom.is === 'person' &&
      group.atoms.length === 1 &&
      /^的?$/.test(between ?? '-')
    ) {
      // 二大队张伟
      narrow(atom, last, lexicon, relations);
      group.atoms = [{ ...atom, start: last.start }];
      group.end = atom.end;
    } else if (
      group &&
      last &&
      between !== undefined &&
      (BETWEEN.test(between) || isHeadCount(last, atom, between)) &&
      goTogether(last, atom, between, relations)
    ) {
      group.atoms.push(atom);
      group.end = atom.end;
    } else groups.push({ start: atom.start, end: atom.end, atoms: [atom] });
  }
  return groups;
}

/** 张三、李四两位同志. */
function isHeadCount(last: Atom, next: Atom, between: string): boolean {
  return last.is === 'person' && next.is === 'who' && /^\s?等?[两二三四五六七八九十\d]{1,3}[位名个]?$/.test(between);
}

function goTogether(last: Atom, next: Atom, between: string, { isWithin }: Relations): boolean {
  if (last.is === 'who' && next.is === 'place') return false;
  if (last.is === 'person' && last.isSelf) return false;
  if (next.is === 'person' && next.isSelf) return false;
  if (last.is === 'place' && next.is === 'place') {
    // 一中队二中队 stand side by side; 一大队一中队 is one within the other.
    const [unit] = next.places;
    const isInside = unit?.kind !== 'unit' || last.places.some((place) => isWithin(unit.id, place));
    return between.trim() !== '' || !isInside;
  }
  if (last.is === 'person' && next.is === 'person') return between.trim() !== '' || last.isMention;
  return last.is !== 'person' || next.is !== 'place';
}

/** Of people with one name those who serve in the place. */
function narrow(person: PersonAtom, { places }: PlaceAtom, { people }: Lexicon, { isWithin }: Relations): void {
  const within = person.ids.filter((id) => {
    const one = people.find((other) => other.id === id);
    return places.some(
      (place) => isWithin(one?.unitId ?? null, place) || (place.kind === 'branch' && one?.branchId === place.id),
    );
  });
  person.ids = within;
}

function toSlots(text: string, group: Group): (AudienceSlot | PersonSlot | PlaceSlot)[] {
  const { start, end, atoms } = group;
  const isOpen = atoms.every(({ is }) => is === 'who');
  const ofWhom = isOpen ? modifier(text, start) : undefined;
  const from = ofWhom?.start ?? start;
  const before = text.slice(Math.max(0, from - 8), from);
  const after = text.slice(end, end + 8);
  const places = atoms.filter((atom) => atom.is === 'place');
  const persons = atoms.filter((atom) => atom.is === 'person');
  // The 同志 behind a name is the name's.
  const who = atoms.filter((atom): atom is WhoAtom => atom.is === 'who' && !(persons.length > 0 && isMere(atom)));
  const isPersonal = persons.length > 0 && places.length === 0;
  if (
    isPersonal &&
    (persons.some(({ isSelf, isMention }) => isSelf || isMention) || !(who.length > 0 || addresses(before, after)))
  )
    return persons.map(toPerson);
  const rank = rankOf(text, group, before, after, places.length > 0, who);
  if (rank === 0) {
    if (persons.length > 0) return persons.map(toPerson);
    return [
      {
        start,
        end,
        kind: 'place',
        places: places.flatMap((one) => one.places),
        role: roleOf(text, start, before, after),
      },
    ];
  }
  const clear = places.filter(({ isClear, places: [first, ...more] }) => first && (more.length === 0 || isClear));
  const unclearWho = who.filter(({ isUnclear }) => isUnclear);
  const several = places.filter((one) => !clear.includes(one));
  const isEvery = several.length > 0 && several.every((one) => /^[各所每]/.test(text.slice(one.start, one.end)));
  const named = [...clear, ...(isEvery ? several : [])];
  return [
    {
      start,
      end,
      kind: 'audience',
      rank,
      isLimited: who.length > 0 || persons.length > 0,
      choices: isEvery ? [] : several.flatMap((one) => one.places),
      unclear: [
        ...several.filter((one) => one.places.length === 0).map((one) => text.slice(one.start, one.end)),
        ...unclearWho.map((one) => text.slice(one.start, one.end)),
        ...(ofWhom ? [ofWhom.said] : []),
        ...persons.filter(({ ids, isGuess }) => ids.length !== 1 || isGuess).map(({ name }) => name),
      ],
      audience: {
        places: uniquePlaces(named.flatMap((one) => one.places)),
        persons: persons.flatMap(({ ids, isGuess }) => (ids.length === 1 && !isGuess ? ids : [])),
        except: { places: [], persons: [] },
        politics: persons.length > 0 ? [] : unique(who.flatMap(({ politics }) => politics)),
        kinds: kindsOf(who),
        offices: unique(who.flatMap(({ offices }) => offices)),
        withBelow: true,
      },
    },
  ];
}

function sentenceBefore(text: string, at: number): string {
  return (
    text
      .slice(0, at)
      .split(/[。;\n]/)
      .at(-1) ?? ''
  );
}

function addresses(before: string, after: string): boolean {
  return (
    LABEL.test(before) ||
    (/(?:[请给让]|提醒|通知|安排|督促)\s*$/.test(before) && SUBJECT.test(after.replaceAll(TAKEN, '于')))
  );
}

/** How surely a group is addressed; 0 when it is only spoken of. */
function rankOf(text: string, group: Group, before: string, after: string, hasPlace: boolean, who: WhoAtom[]): number {
  const isLoud = who.some((one) => one.isLoud);
  if (LABEL.test(before)) return 5;
  if (DOER.test(before) || (DOES.test(after) && !CALL.test(before))) return 0;
  if (who.length === 0 && PLACE_OF.test(before)) return 0;
  if (
    who.length > 0 &&
    who.every(({ offices, isUnclear }) => offices.length > 0 || isUnclear) &&
    REPORTS.test(text.slice(group.end))
  )
    return 0;
  const atLineStart = /(?:^|[\n\],。:\s])\s*$/.test(text.slice(0, group.start));
  if (atLineStart && /^\s*(?:们)?\s*[:,]/.test(after)) return who.length > 0 && hasPlace ? 3 : 2;
  const isCalled = CALL.test(before);
  const isSubject = SUBJECT.test(after.replaceAll(TAKEN, '于'));
  if (who.length === 0) {
    // 学一下新交规，下周三前，全大队: an addressee in a clause of its own.
    if (
      atLineStart &&
      /^\s*(?:$|[,。;!\n\s])/.test(after) &&
      /^(?:全|各|所有|本|我们|咱)/.test(text.slice(group.start, group.end))
    )
      return 1;
    const said = sentenceBefore(text, group.start);
    return (isCalled || isSubject) && !REASON.test(said) && !TOLD_BY.test(said) ? 1 : 0;
  }
  const atClauseStart = /(?:^|[\s,。:;!?)\]])$/.test(text.slice(0, group.start));
  const clause = text.slice(group.end).split(/[,。;\n\s]/)[0] ?? '';
  if (CHECKED.test(clause) && !/请/.test(before)) return 0;
  if (hasPlace || isLoud) return isCalled || isSubject ? 4 : 3;
  if (who.every((one) => one.isUnclear)) return isCalled || (isSubject && atClauseStart) ? 3 : 0;
  return isCalled || isSubject || atClauseStart ? 2 : 0;
}

function roleOf(text: string, start: number, before: string, after: string): PlaceSlot['role'] {
  if (PLACE_OF.test(before)) return 'location';
  return DOER.test(before) || DOES.test(after) || REASON.test(sentenceBefore(text, start)) ? 'agent' : 'mention';
}

/** 路面的 before 兄弟们, 跑高架的那几个 before 同志: which of them is not known. */
function modifier(text: string, start: number): (Span & { said: string }) | undefined {
  const match = /([\p{Script=Han}]{2,8})的(?:[那这]?(?:几|两|三|些)?[个位名]?)?$/u.exec(
    text.slice(Math.max(0, start - 12), start),
  );
  const said = match?.[1]?.replace(/^.*(?:[请给让对把]|组织|提醒|通知|安排|要求|麻烦|劳烦|烦请)/, '') ?? '';
  // 跟支部的党员说一下: the own branch, which is what is meant without a place.
  if (!match || said.length < 2 || /^(?:亲爱|全部|所有|我们|咱们|(?:.*跟)?(?:我们|咱们?|本)?支部)$/.test(said))
    return undefined;
  const end = start - match[0].length + (match[1]?.length ?? 0);
  return { start: end - said.length, end, said };
}

/** The slot with the marks of address that belong to it: @ before, 们 or 同志 behind. */
function stretch(text: string, slot: AudienceSlot | PersonSlot | PlaceSlot): Span {
  const { start, end, kind } = slot;
  const isMentioned = kind === 'audience' && text.charAt(start - 1) === '@';
  const isNamed = kind === 'person' && !slot.isSelf;
  const behind = kind === 'audience' ? /^们/u : isNamed ? /^\s?同志(?!们)/u : undefined;
  return {
    start: start - (isMentioned ? 1 : 0),
    end: end + (behind?.exec(text.slice(end, end + 4))?.[0].length ?? 0),
  };
}

function toPerson({ start, end, name, ids, isGuess, isSelf, isMention }: PersonAtom): PersonSlot {
  return { start, end, kind: 'person', name, ids, isGuess, isSelf, isMention };
}

function isMere({ politics, kinds, offices, isLoud, isUnclear }: WhoAtom): boolean {
  return politics.length + kinds.length + offices.length === 0 && !isLoud && !isUnclear;
}

/** 民警 and 辅警 together are everybody. */
function kindsOf(who: WhoAtom[]): Audience['kinds'] {
  const kinds = unique(who.flatMap((one) => one.kinds));
  return kinds.length > 1 ? [] : kinds;
}

function unique<T>(list: T[]): T[] {
  return [...new Set(list)];
}

function uniquePlaces(places: Place[]): Place[] {
  return places.filter((place, index) => places.findIndex((other) => isSame(other, place)) === index);
}
