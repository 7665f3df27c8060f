/** What a secretary fills in about a study task. */
import { choice, instant, text } from '../../cards/fields.ts';
import { audienceField } from '../../people/audience/audience-form.ts';
import { KINDS, MAX_TOPIC_CHARACTERS, REFLECTIONS } from './schema.ts';

export const draftFields = {
  kind: choice('学习类型', KINDS),
  topic: text('学习内容', { max: MAX_TOPIC_CHARACTERS, example: '例如：学习党的二十届四中全会精神' }),
  link: text('学习链接', { max: 1000, optional: true, example: 'https://' }),
  audience: audienceField('参加范围'),
  dueAt: instant('完成时间'),
  reflection: choice('学习心得', REFLECTIONS, { example: '要不要写心得' }),
};
