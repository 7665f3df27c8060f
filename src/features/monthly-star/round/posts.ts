/** The kinds of post of a round, as a form holds them: one a line, with the number of stars. */
import type { PostDraft } from './queries.ts';

/** What a round begins with: the front-line posts. */
export const USUAL_POSTS: PostDraft[] = [
  { name: '执法执勤', seats: 1 },
  { name: '窗口服务', seats: 1 },
  { name: '事故处理', seats: 1 },
];
const MAX_POSTS = 8;
const MAX_SEATS = 20;
const MAX_NAME_CHARACTERS = 12;

/** The posts as the form shows them. */
export function writePosts(posts: PostDraft[]): string {
  return posts.map(({ name, seats }) => `${name} ${seats}`).join('\n');
}

/** Between two posts on one line; a mark before a number belongs to its post: 窗口服务，2. */
const BETWEEN_POSTS = /\n|(?<=\d\s*[名人个]?\s*)[、,;。]|[、,;。](?!\s*\d)/;

/**
 * The posts that were typed, one a line or with 、 between them, or the sentence that says what is not clear. One without a number has
 * one star. No name keeps such a mark: the preview could not be told from the two posts that were meant.
 */
export function readPosts(text: string): { posts: PostDraft[] } | { unclear: string } {
  const lines = text
    .normalize('NFKC')
    .split(BETWEEN_POSTS)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const posts = lines.map((line) => {
    const [, name = '', seats = '1'] = /^(.*?)[\s,，、:：]*(\d{1,4})?\s*(?:名|人|个)?$/.exec(line) ?? [];
    return { name: name.trim(), seats: Number(seats) };
  });
  const [first] = posts;
  if (!first) return { unclear: '请写上岗位和名额，一行一个，例如：执法执勤 1' };
  if (posts.length > MAX_POSTS) return { unclear: `岗位最多${MAX_POSTS}个，现在有${posts.length}个，请合并后再提交。` };
  const long = posts.find(({ name }) => name === '' || name.length > MAX_NAME_CHARACTERS);
  if (long) return { unclear: `岗位名称要有1到${MAX_NAME_CHARACTERS}个字，请改正“${long.name.slice(0, 20)}”这一行。` };
  const wrong = posts.find(({ seats }) => seats < 1 || seats > MAX_SEATS);
  if (wrong) return { unclear: `“${wrong.name}”的名额要写1到${MAX_SEATS}，请改正后再提交。` };
  if (new Set(posts.map(({ name }) => name)).size < posts.length)
    return { unclear: '有两个岗位同名，请合并后再提交。' };
  return { posts };
}
