/** Finds where a text names units and branches, also from the writer's place: 本支部, 一中队. */

import type { Place } from '../audience-type.ts';
import type { Context } from '../lexicon.ts';
import { nameAt, type PlaceNames } from '../names/place-names.ts';
import type { Relations } from '../names/relations.ts';
import { matches, type Sheet, TAKEN } from '../sheet.ts';
import type { PlaceAtom } from './atoms.ts';

const OWN = '(?:本|我们|我|咱们|咱|全)';
const WHO_FOLLOWS = String.raw`(?=\s*(?:的|全体|所有|各位|每[名位人个]|党员|预备|民警|辅警|民辅警|人员|同志|全员|弟兄|兄弟|内部|[来去]?[领取拿](?![导头])))`;

type Rule = { said: RegExp; places: (relations: Relations, writer: Context['writer']) => Place[] };

/** The places that a word names from where the writer stands; none where the writer has no such place. */
const RULES: Rule[] = [
  {
    said: new RegExp(
      `${OWN}个?党?支部(?:[里内]面?)?|(?<![\\p{Script=Han}${TAKEN}])党?支部(?:[里内]面?)?${WHO_FOLLOWS}|(?<=[请给让对向把将在,前后内起]|组织|提醒|通知|要求|安排|一下)党?支部(?:[里内]面?)?${WHO_FOLLOWS}|(?<=^|[\\n,。:;\\s])党?支部(?=全员)|(?<=^|提醒|通知|[\\n,。:;\\s午晚早天日号半点前内后])党?支部(?=过|上|搞|召开|开|组织|换届|集中|准备|定于)`,
      'gu',
    ),
    places: (_, writer) => (writer?.branchId ? [{ kind: 'branch', id: writer.branchId }] : []),
  },
  {
    said: /全支队|支队(?=全体|所有|各单位|民警|辅警|党员|全员)|各?党?支部(?<=各党?支部)|各(?:科所队|科室所队|单位|部门|科室|处室|基层单位)|全体单位|所有单位/gu,
    places: () => [{ kind: 'detachment', id: null }],
  },
  { said: /(?:各|所有|每个)大队/gu, places: ({ everyUnit }) => everyUnit(/大队$/) },
  { said: /(?:各|所有|每个)中队/gu, places: ({ everyUnit, near }, writer) => near(everyUnit(/中队$/), writer) },
  {
    said: new RegExp(
      `${OWN}个?大队|(?<![\\p{Script=Han}\\d])大队${WHO_FOLLOWS}|(?<=[请给让]|组织|提醒|通知|要求|安排)大队${WHO_FOLLOWS}`,
      'gu',
    ),
    places: (relations, writer) => list(relations.ownUnit(writer, /大队$/)),
  },
  {
    said: new RegExp(`${OWN}个?中队|(?<=[请给让]|组织|提醒|通知|要求|安排|^)中队${WHO_FOLLOWS}`, 'gu'),
    places: (relations, writer) => list(relations.ownUnit(writer, /中队$/)),
  },
  {
    said: /(?:本|我们|我|咱们|咱)(?:单位|部门|科室|科|所|处|办公室)(?!长)/gu,
    places: (relations, writer) => list(relations.ownUnit(writer, /./)),
  },
  { said: /(?:本|我|我们)支队/gu, places: () => [{ kind: 'detachment', id: null }] },
];

/** What makes a branch of a unit's name. */
const BRANCH = /^(?:机关)?党?总?支部/u;

/** Claims every place. A form that can mean several that the writer's place does not tell apart is not clear. */
export function findPlaces(
  sheet: Sheet,
  names: PlaceNames,
  relations: Relations,
  writer: Context['writer'],
): PlaceAtom[] {
  const found: PlaceAtom[] = [];
  const text = sheet.rest();
  for (let at = 0; at < text.length; at += 1) {
    const hit = nameAt(names, text, at);
    // 本周三支部组织…: the weekday is nobody's number.
    if (!hit || (/(?:周|星期|礼拜)$/u.test(text.slice(0, at)) && /[一二三四五六]/u.test(text.charAt(at)))) continue;
    const span = { start: at, end: at + hit.length };
    at = span.end - 1;
    if (/^[长部]/.test(text.slice(span.end)) && !/^部(?:门|分)/.test(text.slice(span.end))) continue;
    const { closeness, places } = hit.named;
    // 三大队党支部 where the unit has no branch of that name: who knows which is meant.
    const branch = places.every(({ kind }) => kind === 'unit')
      ? BRANCH.exec(text.slice(span.end))?.[0].length
      : undefined;
    if (branch && sheet.claim({ ...span, end: span.end + branch })) {
      found.push({ ...span, end: span.end + branch, is: 'place', places: [], isClear: false });
      at += branch;
      continue;
    }
    const near = closeness === 0 ? places : relations.near(places, writer);
    if (sheet.claim(span)) found.push({ ...span, is: 'place', places: near, isClear: near.length === 1 });
  }
  for (const { said, places } of RULES) {
    for (const span of matches(sheet, said)) {
      if (!sheet.claim(span)) continue;
      const meant = places(relations, writer);
      found.push({ start: span.start, end: span.end, is: 'place', places: meant, isClear: meant.length > 0 });
    }
  }
  return found;
}

function list(place: Place | undefined): Place[] {
  return place ? [place] : [];
}
