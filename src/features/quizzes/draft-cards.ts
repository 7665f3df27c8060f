/** From the draft of a contest or an exam to its cards: the form, the preview, and what became of it. */
import { formatDeadline, formatForPicker, formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables, Viewer } from '../../feature.ts';
import { chosenAudience, describeAudience, listAudiences } from '../../people/audience.ts';
import type { Reader } from '../../storage/database.ts';
import { type Draft, findMissing } from './draft-rules.ts';
import { formatWindow } from './format-window.ts';
import * as queries from './queries.ts';
import { TOPICS } from './question.ts';
import { nameQuiz, nameTopics } from './schema.ts';

/** The secretary's draft: the form while something is missing, else the preview. */
export const draft: Card = {
  load: async (db, id, viewer) => {
    const quiz = await queries.findQuiz(db, id);
    if (!quiz) return undefined;
    const said = queries.draftOf(quiz);
    const name = nameQuiz(said.kind, said.topics);
    if (quiz.state !== 'draft') return { template: 'draft-closed', name, isCancelled: quiz.state === 'cancelled' };
    const missing = findMissing(said);
    return quiz.isEditing || missing.length > 0
      ? draftForm(db, said, missing, viewer)
      : draftPreview(db, said, name, viewer);
  },
};

async function draftForm(db: Reader, said: Draft, missing: string[], viewer: Viewer): Promise<CardVariables> {
  const options = await listAudiences(db, viewer, 'quiz.publish');
  return {
    template: 'draft-form',
    name: nameQuiz(said.kind, []),
    isExam: said.kind === 'exam',
    hint: missing.length > 0 ? `还差：${missing.join('、')}。` : '请修改后提交。',
    allTopics: Object.entries(TOPICS).map(([value, text]) => ({ value, text })),
    topics: said.topics,
    count: said.count === null ? '' : String(said.count),
    audiences: options,
    audience: chosenAudience(options, said.audience),
    opens: said.opensAt ? formatForPicker(said.opensAt, viewer) : '',
    closes: said.closesAt ? formatForPicker(said.closesAt, viewer) : '',
    isByUnit: said.isByUnit,
    minutes: said.minutes === null ? '' : String(said.minutes),
    passPercent: said.passPercent === null ? '' : String(said.passPercent),
  };
}

async function draftPreview(db: Reader, said: Draft, name: string, viewer: Viewer): Promise<CardVariables> {
  const { audience, opensAt, closesAt } = said;
  const whom = audience
    ? await describeAudience(db, audience, viewer.calendar.dayOf(viewer.now))
    : { text: '', count: 0 };
  const arrival = viewer.policy.nextQuietPush(viewer.now);
  return {
    template: 'draft-preview',
    name,
    count: whom.count,
    time: closesAt
      ? opensAt
        ? formatWindow(opensAt, closesAt, viewer)
        : `发布后马上开始，${formatDeadline(closesAt, viewer)}结束`
      : '',
    topics: nameTopics(said.topics),
    paper:
      said.kind === 'exam'
        ? `每人${said.count}题，${said.minutes}分钟，答对${said.passPercent}%及格`
        : `每人${said.count}题，题目随机`,
    result: said.isByUnit ? '按单位统计平均答对率，参加不足5人的单位不单列' : '',
    audience: whom.text,
    arrival:
      arrival <= viewer.now
        ? `确认后马上送达每个人${howLong(whom.count)}。`
        : `现在是免打扰时间，卡片将于${formatInstant(arrival, viewer)}起送达${howLong(whom.count)}。`,
  };
}

/** Feishu takes 1,000 messages a minute from an app (https://open.feishu.cn/document/server-docs/im-v1/message/create). */
function howLong(people: number): string {
  return people > 1_000 ? `，全部送完约需${Math.ceil(people / 1_000)}分钟` : '';
}
