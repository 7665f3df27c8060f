/** What people fill in, from the plan of a round to an objection. */
import { z } from 'zod';
import { choice, day, type Field, instant, option, options, text, whole } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';
import { AudienceText } from '../../people/audience/audience.ts';
import { CRITERIA, type Criterion, MAX_TEXT_CHARACTERS } from './schema.ts';

const max = MAX_TEXT_CHARACTERS;

const plan = {
  posts: text('岗位和名额', {
    ...{ max: 400, lines: 3, note: '一行一个', example: '执法执勤 1' },
    ask: '请写上岗位和名额，一行一个，例如：执法执勤 1',
  }),
  audience: option('范围', { is: AudienceText, example: '在哪里评' }),
  nominateUntil: instant('提名截止', { example: '选择时间' }),
  checkUntil: instant('事迹核实截止', { example: '选择时间' }),
  reviewUntil: instant('纪检意见截止', { example: '选择时间' }),
  hasVote: choice('参考投票', { yes: '进行，结果只供参考', no: '不进行' }, { example: '要不要投票' }),
  voteUntil: instant('投票截止', { optional: true, note: '不投票可以不选', example: '选择时间' }),
  decideUntil: instant('集体研究截止', { example: '选择时间' }),
  noticeDays: whole('公示多少个工作日', { from: 1, to: 30, called: '公示的工作日', example: '5' }),
};
export const planForm = form(plan);
/** Everything on the card of a round: the plan of a draft, later why it is cancelled. */
export const roundForm = form({
  ...plan,
  reason: text('取消本轮', {
    ...{ max: 200, note: '要写原因', example: '取消的原因，会留存' },
    ...{ called: '取消的原因', ask: '请先写明取消的原因，再按“取消本轮”。' },
  }),
});
export const rescheduleForm = form({
  until: instant('改为', { example: '选择时间', ask: '请先选择新的截止时间。' }),
});

const criteria = Object.fromEntries(
  Object.entries(CRITERIA).map(([key, name]) => [
    key,
    text(name, {
      ...{ max, lines: 2, optional: true, note: '', called: `“${name}”` },
      example: '写具体的事，不写车牌、证件号和电话',
    }),
  ]),
) as Record<Criterion, Field<string, true>>;
/** A draft may lack anything; what was found, the posts and the nominee's deeds are offered by `load`. */
export const nominationForm = form({
  sought: text('找人', { max: 60, optional: true, note: '姓名、拼音或首字母', example: '例如：张伟、zhangwei、zw' }),
  nominee: option('提名对象', { is: z.string().max(200) }),
  post: option('岗位', { is: z.uuid() }),
  ...criteria,
  deeds: options('登记过的实事', { is: z.uuid(), optional: true, note: '可以选作依据', example: '选择实事' }),
});
export const deedForm = form({
  text: text('做了什么', {
    ...{ max, lines: 3, example: '时间、地点、怎么帮的；不写车牌、证件号和电话' },
    ...{ called: '一件实事', ask: '请写下做了什么，再按“登记”。' },
  }),
  doneOn: day('哪一天', { optional: true, note: '不选就是今天', example: '选择日期' }),
});

/** The three forms on the card of a candidate; each of their buttons needs some of the fields. */
export const candidateForm = form({
  post: option('岗位', { is: z.uuid() }),
  statement: text('公示用的事迹', {
    ...{ max, lines: 4, note: '修改会留下记录', example: '不写车牌、证件号和电话' },
    ...{ called: '公示的事迹', ask: '公示的事迹不能为空，请补上后再提交。' },
  }),
  reason: text('退回原因', {
    ...{ max, note: '退回时填写，提名人会看到', example: '例如：事迹没有查到依据' },
    ask: '请先写明退回的原因，再按“退回”。',
  }),
  question: text('有不清楚的，问提名人', { max, example: '要问的问题', called: '问题', ask: '请先写下要问的问题。' }),
  opinion: text('纪检意见', { max, lines: 2, optional: true, note: '有意见时必填', called: '意见' }),
});
export const questionForm = form({
  answer: text('', {
    ...{ max, lines: 3, example: '请写下您知道的情况', called: '答复' },
    ask: '请先写下答复，再提交。',
  }),
});

/** A post as vote and decision choose for it. */
export type BallotPost = { sort: number; name: string; seats: number };
/** The field of a post. */
export const choiceField = ({ sort }: Pick<BallotPost, 'sort'>) => `post${sort}`;

/** A choice for each post, of as many as it has stars; a post may be left open. */
export const ballotForm = (posts: BallotPost[]) => form(ballot(posts));
export const reasonFields = {
  reason: text('理由', {
    ...{ max, lines: 2, optional: true, note: '与参考票不一致、票数相同或纪检有意见时必填' },
    example: '理由会留存',
  }),
};
export const decisionForm = (posts: BallotPost[]) => form({ ...ballot(posts), ...reasonFields });

function ballot(posts: BallotPost[]): Record<string, Field<string[], true>> {
  return Object.fromEntries(
    posts.map((post) => [
      choiceField(post),
      options(post.name, {
        ...{ is: z.uuid(), atMost: post.seats, optional: true, note: `最多选${post.seats}位` },
        ...{ example: '请选择，也可以不选', wrong: `“${post.name}”最多选${post.seats}位，请减少后再提交。` },
      }),
    ]),
  );
}

export const objectionForm = form({
  candidate: option('对谁有异议', { is: z.uuid(), example: '请选择', ask: '请选择对哪一位有异议，再提交。' }),
  text: text('内容和依据', {
    ...{ max, lines: 4, example: '请写具体的事', called: '异议' },
    ask: '请写明异议的内容和依据，再提交。',
  }),
});
export const verdictForm = form({
  answer: text('核查情况和答复', {
    ...{ max, lines: 3, note: '提出人会看到', example: '查了什么、结论是什么' },
    ...{ called: '答复', ask: '请先写下核查情况和答复，再按。' },
  }),
});
