/** When the steps of a round end: proposed in workdays, moved when a step begins late, reminded of when they are over. */
import { HOUR_MS } from '../../../basics/durations.ts';
import type { Calendar, Day } from '../../../calendar/calendar.ts';
import type { State } from '../rules.ts';

/** The end of each step; no `voteUntil`: no advisory vote. */
export type Plan = {
  nominateUntil: Date;
  checkUntil: Date;
  reviewUntil: Date;
  voteUntil: Date | null;
  decideUntil: Date;
  noticeDays: number;
};

const END_OF_WORK = '18:00';
/** Workdays that each step is given unless somebody says otherwise. */
const STEP_WORKDAYS = { nominate: 5, check: 3, review: 2, vote: 2, decide: 2 };
/** The usual length of a public notice of commendations. */
export const NOTICE_WORKDAYS = 5;
/** Not so close to the opening of the vote, whose card everybody just got. */
const REMINDER_DISTANCE_MS = 3 * HOUR_MS;

/** A plan from `now` on that nobody has to change. */
export function proposePlan(now: Date, calendar: Calendar): Plan {
  let day = calendar.dayOf(now);
  const after = (workdays: number) => {
    day = addWorkdays(day, workdays, calendar);
    return calendar.at(day, END_OF_WORK);
  };
  return {
    nominateUntil: after(STEP_WORKDAYS.nominate),
    checkUntil: after(STEP_WORKDAYS.check),
    reviewUntil: after(STEP_WORKDAYS.review),
    voteUntil: after(STEP_WORKDAYS.vote),
    decideUntil: after(STEP_WORKDAYS.decide),
    noticeDays: NOTICE_WORKDAYS,
  };
}

/** A proposed plan with ends that somebody said; what they leave no room for follows in workdays, one step after the other. */
export function fitPlan(
  plan: Plan,
  { nominateUntil = plan.nominateUntil, voteUntil }: { nominateUntil?: Date; voteUntil?: Date },
  calendar: Calendar,
): Plan {
  const later = (before: Date, end: Date, workdays: number) =>
    end > before ? end : calendar.at(addWorkdays(calendar.dayOf(before), workdays, calendar), END_OF_WORK);
  const room = voteUntil && voteUntil > nominateUntil ? voteUntil.getTime() - nominateUntil.getTime() : undefined;
  // Between two ends that were said the steps share the time.
  const within = (share: number) => new Date(nominateUntil.getTime() + (room ?? 0) * share);
  const checkUntil = room ? within(1 / 3) : later(nominateUntil, plan.checkUntil, STEP_WORKDAYS.check);
  const reviewUntil = room ? within(2 / 3) : later(checkUntil, plan.reviewUntil, STEP_WORKDAYS.review);
  const votedUntil = voteUntil ?? (plan.voteUntil && later(reviewUntil, plan.voteUntil, STEP_WORKDAYS.vote));
  const decideUntil = later(votedUntil ?? reviewUntil, plan.decideUntil, STEP_WORKDAYS.decide);
  return { ...plan, nominateUntil, checkUntil, reviewUntil, voteUntil: votedUntil, decideUntil };
}

/** Why a plan cannot stand, as a sentence that says what to do; undefined when it can. */
export function objectToPlan(plan: Plan, now: Date): string | undefined {
  const ends = [plan.nominateUntil, plan.checkUntil, plan.reviewUntil, plan.voteUntil, plan.decideUntil].filter(
    (end) => end !== null,
  );
  if (plan.nominateUntil <= now) return '提名截止时间已经过去，请选一个以后的时间。';
  if (ends.some((end, index) => index > 0 && end <= (ends[index - 1] ?? end)))
    return '各步骤的截止时间要一步比一步晚，请重新选择。';
  if (plan.noticeDays < 1 || plan.noticeDays > 30) return '公示要写1到30个工作日，请改正后再提交。';
  return undefined;
}

/** The field that holds the end of a step; a draft and what is over have none. */
export const DUE_FIELD = {
  nominating: 'nominateUntil',
  checking: 'checkUntil',
  reviewing: 'reviewUntil',
  voting: 'voteUntil',
  deciding: 'decideUntil',
  noticing: 'noticeUntil',
} as const;
const STEP_ENDS = ['nominateUntil', 'checkUntil', 'reviewUntil', 'voteUntil', 'decideUntil'] as const;
export type TimedState = keyof typeof DUE_FIELD;

/** Whether a round in this state has an end to keep. */
export function isTimed(state: State): state is TimedState {
  return state in DUE_FIELD;
}

/** When a step of a round ends; null where the state has no end, or has none yet. */
export function dueOf(round: Record<(typeof DUE_FIELD)[TimedState], Date | null>, state: State): Date | null {
  return isTimed(state) ? round[DUE_FIELD[state]] : null;
}

/** The end of a step that begins `now`: as planned, or the next workday's evening when little or nothing is left of the plan. */
export function dueOnEntry(planned: Date, now: Date, calendar: Calendar): Date {
  const least = calendar.at(addWorkdays(calendar.dayOf(now), 1, calendar), END_OF_WORK);
  return planned < least ? least : planned;
}

/** The ends of a step and of those after it, when the step ends at `until`: a later one is moved only as far as it has to be. */
export function shiftPlan(
  plan: Plan,
  field: keyof Omit<Plan, 'noticeDays'>,
  until: Date,
  calendar: Calendar,
): Partial<Plan> {
  const shifted: Partial<Plan> = { [field]: until };
  let before = until;
  for (const later of STEP_ENDS.slice(STEP_ENDS.indexOf(field) + 1)) {
    const planned = plan[later];
    if (!planned) continue;
    before = dueOnEntry(planned, before, calendar);
    shifted[later] = before;
  }
  return shifted;
}

/** The instant at which a notice is over: the midnight after its last workday. Objections count until then, the last day included. */
export function endOfNotice(from: Date, workdays: number, calendar: Calendar): Date {
  const last = addWorkdays(calendar.dayOf(from), workdays, calendar);
  return calendar.at(calendar.addDays(last, 1), '00:00');
}

/** When those who have not voted are reminded, once: on the last working morning of the vote; undefined where it is too short for that. */
export function voteReminderAt(opensAt: Date, closesAt: Date, calendar: Calendar): Date | undefined {
  const morningOf = (day: Day) => calendar.at(day, '09:10');
  const last = calendar.dayOf(closesAt);
  const isInTime = calendar.isWorkday(last) && morningOf(last) < closesAt;
  const at = morningOf(isInTime ? last : calendar.workdayBefore(last));
  return at.getTime() - opensAt.getTime() >= REMINDER_DISTANCE_MS ? at : undefined;
}

function addWorkdays(day: Day, workdays: number, calendar: Calendar): Day {
  let at = day;
  for (let count = 0; count < workdays; count += 1) at = calendar.workdayAfter(at);
  return at;
}
