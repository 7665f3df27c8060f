/** 帮助: what exactly this person may do, grouped by what one wants, each with its button; and the greeting of whoever is new. */
import { z } from 'zod';
import { button, type Card, card, type Feature, type PersonTurn, sendCard, type Wish } from '../../feature.ts';
import { ROLES } from '../../people/assign-role.ts';
import { greet } from '../../people/find-person.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { Person, RoleName } from '../../people/person.ts';
import { AnyRef } from '../../sight.ts';
import { hears } from './hearing.ts';

/** The groups, in the order of the card: one's own, then what most people come for. */
const GROUPS: Record<Wish, string> = {
  own: '自己的事',
  send: '布置和发放',
  record: '登记',
  look: '查看和导出',
  goods: '物资保管',
  set: '设置和管理',
};
/** So many buttons stand open on a phone's screen; the rest lies behind its group. */
const MOST_USUAL = 6;
/** What a greeting offers beside 帮助. */
const MOST_GREETING = 2;

/** The word behind which all that one may issue stands. */
const ISSUE = '布置和发放';

type Item = { isForGroups: boolean; word: string; does: string; example: string; under: Wish };

const Group = z.enum(Object.keys(GROUPS) as [Wish, ...Wish[]]);

/** Help over the commands and uploads of all `others`. */
export function help(others: Feature[]): Feature {
  const commandsOf = (person: Person): Item[] => {
    const items = [...others, self]
      .flatMap((feature) => Object.values(feature.commands ?? {}))
      .filter((command) => mayAnywhere(person, command.action))
      .flatMap(({ words: [word], help: { under = 'own', isForGroups = false, ...told } }) =>
        word ? [{ word, under, isForGroups, ...told }] : [],
      );
    // 布置 leads to what a person may issue: to nothing, where there is nothing.
    return items.some(({ under, word }) => under === 'send' && word !== ISSUE)
      ? items
      : items.filter(({ word }) => word !== ISSUE);
  };
  const self: Feature = {
    name: 'help',
    called: '帮助',
    hears,
    commands: {
      help: {
        words: ['帮助', '菜单', 'help'],
        listens: ['help'],
        help: { does: '看自己能办的事', example: '帮助' },
        action: 'self',
        handle: (turn) => show(turn, 'menu', turn.who.id),
      },
      send: {
        words: [ISSUE],
        help: { under: 'send', does: '看自己能布置和发放什么', example: ISSUE },
        action: 'self',
        handle: (turn) => show(turn, 'group', 'send'),
      },
    },
    buttons: {
      open: button({
        value: z.object({ group: Group }),
        action: 'self',
        on: ['menu'],
        handle: async (turn, { group }) => (await show(turn, 'group', group)) ?? { toast: '好的，请看新卡片。' },
      }),
    },
    cards: {
      menu: forOneself(AnyRef, (person) => {
        const items = commandsOf(person);
        const files = [...others, self]
          .flatMap((feature) => Object.values(feature.uploads ?? {}))
          .filter((upload) => mayAnywhere(person, upload.action))
          .map((upload) => upload.help);
        const groups = groupsOf(items).map(({ wish, items: { length } }) => ({
          wish,
          name: `${GROUPS[wish]}（${length}）`,
        }));
        return { usual: pickUsual(items, MOST_USUAL), groups, files, roles: nameRoles(person.roles) };
      }),
      group: forOneself(Group, (person, wish) => ({
        name: GROUPS[wish],
        items: commandsOf(person).filter(({ under, word }) => under === wish && word !== ISSUE),
      })),
      greeting: forOneself(AnyRef, (person) => ({
        usual: pickUsual(commandsOf(person), MOST_GREETING),
        roles: nameRoles(person.roles),
      })),
    },
    // Kept with the person and not read off the delivery, which is forgotten one day.
    entered: async (turn, { id }) => {
      if (await greet(turn.db, id, turn.now))
        await turn.deliver({ key: `greeting:${id}`, to: { person: id }, card: 'greeting', ref: id, push: 'answer' });
    },
  };
  return self;
}

async function show(turn: PersonTurn, card: string, ref: string): Promise<undefined> {
  await sendCard(turn, card, ref);
  return undefined;
}

/** A card that shows what its reader may do. */
function forOneself<R>(ref: z.ZodType<R>, show: (person: Person, ref: R) => Record<string, unknown>): Card {
  return card({ ref, action: 'self', load: async (_db, ref, { who }) => who && show(who, ref) });
}

/** The first of each group in turn, until there are enough: whoever has an office finds its work beside the own. */
function pickUsual(items: Item[], most: number): Item[] {
  const groups = groupsOf(items).map((group) => group.items);
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, at) => groups.flatMap((group) => group[at] ?? [])).flat();
  const chosen = new Set(inTurn.slice(0, most));
  return items.filter((item) => chosen.has(item));
}

function groupsOf(items: Item[]): { wish: Wish; items: Item[] }[] {
  return Group.options
    .map((wish) => ({ wish, items: items.filter(({ under }) => under === wish) }))
    .filter((group) => group.items.length > 0);
}

function nameRoles(roles: { name: RoleName }[]): string {
  const words = [...new Set(roles.map(({ name }) => ROLES[name].name))];
  return words.length > 0 ? `您的角色：${words.join('、')}` : '您可以办理：';
}
