/** What an administrator fills in to give a role. */
import { z } from 'zod';
import { choice, day, option, text } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';
import { ROLES } from '../../people/assign-role.ts';

const roleNames = Object.fromEntries(Object.entries(ROLES).map(([role, { name }]) => [role, name]));
const ask = '请填写姓名、角色和范围后再提交。';

export const roleForm = form({
  person: text('姓名', { max: 60, note: '同名时加空格写单位', example: '例如：程立山 一大队', ask }),
  role: choice('角色', roleNames as Record<keyof typeof ROLES, string>, { ask }),
  /** `unit:<id>`, `branch:<id>`, `point:<id>` or `detachment:`. */
  scope: option('范围', {
    is: z.string().regex(/^(unit:.{1,100}|(branch|point):[0-9a-f-]{36}|detachment:)$/),
    example: '选择单位、支部或领取点',
    ask,
  }),
  from: day('从哪天起', { optional: true, note: '', example: '开始日期' }),
  until: day('到哪天为止', { optional: true, note: '不填就是长期', example: '截止日期' }),
});
