/** 帮助: what exactly this person may do, in the words to type. */

import { card, type Feature, sendCard } from '../../feature.ts';
import { ROLES } from '../../people/assign-role.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { RoleName } from '../../people/person.ts';
import { AnyRef } from '../../sight.ts';
import { hears } from './hearing.ts';

/** Help over the commands and uploads of all `others`. */
export function help(others: Feature[]): Feature {
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
        handle: async (turn) => {
          await sendCard(turn, 'menu', turn.who.id);
          return undefined;
        },
      },
    },
    cards: {
      menu: card({
        ref: AnyRef,
        action: 'self',
        load: async (_db, _ref, { who: person }) => {
          if (!person) return undefined;
          const commands = [...others, self].flatMap((feature) => Object.values(feature.commands ?? {}));
          const items = commands
            .filter((command) => mayAnywhere(person, command.action))
            .flatMap(({ words: [word], help: { does, example } }) => (word ? [{ word, does, example }] : []));
          const files = [...others, self]
            .flatMap((feature) => Object.values(feature.uploads ?? {}))
            .filter((upload) => mayAnywhere(person, upload.action))
            .map((upload) => upload.help);
          return { items, files, roles: roleWords(person.roles.map(({ name }) => name)) };
        },
      }),
    },
  };
  return self;
}

function roleWords(names: RoleName[]): string {
  const words = [...new Set(names.map((name) => ROLES[name].name))];
  return words.length > 0 ? `您的角色：${words.join('、')}` : '您可以办理：';
}
