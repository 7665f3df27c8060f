/** How people see the time of a quiz. */
import { formatDeadline, type Viewpoint } from '../../../calendar/format.ts';

/** `11月24日（周二，明天）15:00至15:30`; the second day is named only when it is another one. */
export function formatWindow(opensAt: Date, closesAt: Date, viewpoint: Viewpoint): string {
  const { calendar } = viewpoint;
  const isOneDay = calendar.dayOf(opensAt) === calendar.dayOf(closesAt);
  const end = isOneDay ? calendar.timeOf(closesAt) : formatDeadline(closesAt, viewpoint);
  return `${formatDeadline(opensAt, viewpoint)}至${end}`;
}
