/** 帮助: what exactly this person may do, in the words to type. */
import { type Feature, sendCard } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { mayAnywhere } from '../../people/permissions.ts';

/** Help over the commands and uploads of all `others`. */
export function help(others: Feature[]): Feature {
  const self: Feature = {
    name: 'help',
    commands: {
      help: {
        words: ['帮助', '菜单', '你好', '您好', 'help'],
        help: { does: '看自己能办的事', example: '帮助' },
        action: 'self',
        handle: async (turn) => {
          await sendCard(turn, 'menu', turn.who.id);
          return undefined;
        },
      },
    },
    cards: {
      menu: {
        load: async (db, personId, { now }) => {
          const person = await findPerson(db, personId, now);
          if (!person) return undefined;
          const commands = [...others, self].flatMap((feature) => Object.values(feature.commands ?? {}));
          const items = commands
            .filter((command) => mayAnywhere(person, command.action))
            .map((command) => ({ word: command.words[0], does: command.help.does, example: command.help.example }));
          const files = [...others, self]
            .flatMap((feature) => Object.values(feature.uploads ?? {}))
            .filter((upload) => mayAnywhere(person, upload.action))
            .map((upload) => upload.help);
          return { items, files, roles: roleWords(person.roles.map(({ name }) => name)) };
        },
      },
    },
  };
  return self;
}

const ROLE_WORDS: Record<string, string> = {
  administrator: '管理员',
  leader: '单位领导',
  secretary: '支部书记',
  'discipline-commissioner': '纪检委员',
  keeper: '物资保管员',
};

function roleWords(names: string[]): string {
  const words = [...new Set(names.map((name) => ROLE_WORDS[name] ?? name))];
  return words.length > 0 ? `您的角色：${words.join('、')}` : '您可以办理：';
}
