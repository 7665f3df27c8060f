/** The pickers under 更多范围: several places, who of them, persons to add, and whom to leave out. */
import { z } from 'zod';
import type { CardElement } from '../card-json/structure.ts';
import { chooseOne, chooseSeveral, labelled, placeholderOf } from './pieces.ts';

const Options = z.array(z.strictObject({ text: z.string(), value: z.string() }));
const Places = z.strictObject({ options: Options, chosen: z.array(z.string()) });
/** Without `options` there are too many to offer: the names are typed. */
const People = z.strictObject({
  options: z.array(z.strictObject({ value: z.string() })).optional(),
  chosen: z.array(z.string()),
  names: z.string(),
});

/** What is offered and what is chosen; `people/audience/audience-form.ts` makes it, and reads what the inputs report by their names. */
export const AudienceChoice = z.strictObject({
  choices: Options,
  choice: z.string(),
  isOpen: z.boolean(),
  places: Places,
  who: z.strictObject({ options: Options, chosen: z.string() }),
  /** Units without the units below them. */
  only: z.boolean(),
  add: People,
  leavePlaces: Places,
  leave: People,
});
export type AudienceChoice = z.infer<typeof AudienceChoice>;

/** The pickers; one with nothing to offer is left out. */
export function pickAudience({ places, who, only, add, leavePlaces, leave }: AudienceChoice): CardElement[] {
  return [
    ...pickPlaces('再加单位或支部', 'audiencePlaces', places),
    ...labelled('其中哪些人', chooseOne('audienceWho', '不选：按上面的选择，或全体人员', who.options, who.chosen)),
    {
      tag: 'checker',
      name: 'audienceOnly',
      checked: only,
      text: { tag: 'plain_text', content: '只要单位本级，不含下属单位' },
    },
    ...pickPeople('再加这些人', 'audienceAdd', add),
    ...pickPlaces('除去单位或支部', 'audienceLeavePlaces', leavePlaces),
    ...pickPeople('除去这些人', 'audienceLeave', leave),
  ];
}

function pickPlaces(text: string, name: string, { options, chosen }: z.infer<typeof Places>): CardElement[] {
  return options.length === 0 ? [] : labelled(text, chooseSeveral(name, '可以选几个', options, chosen));
}

function pickPeople(text: string, name: string, { options, chosen, names }: z.infer<typeof People>): CardElement[] {
  if (options?.length === 0) return [];
  return labelled(
    text,
    options
      ? {
          tag: 'multi_select_person',
          name,
          width: 'fill',
          ...placeholderOf('可以选几个人'),
          options,
          selected_values: chosen,
        }
      : {
          tag: 'input',
          name,
          width: 'fill',
          max_length: 500,
          default_value: names,
          ...placeholderOf('写姓名，用顿号隔开'),
        },
  );
}
