/** What is filled in of a leave that a sentence left open. */
import { day, text } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';

export const leaveForm = form({
  person: text('姓名', { max: 60, note: '同名时加空格写单位', example: '例如：程立山 一大队' }),
  firstDay: day('第一天', { example: '选择开始日期' }),
  lastDay: day('最后一天', { example: '选择结束日期' }),
});
