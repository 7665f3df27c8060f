/** Feishu's departments and users → the units and persons of the port. */
import { z } from 'zod';
import { Id, PersonName, ThingName } from './fields.ts';
import { parseAnswer } from './parse-answer.ts';
import type { ContactPerson, ContactUnit } from './port.ts';

/** One page of a list; an empty list has no `items`. */
export const Page = z.object({
  items: z.array(z.unknown()).max(1000).nullish(),
  has_more: z.boolean().nullish(),
  page_token: z.string().max(2000).nullish(),
});

const Department = z.object({
  open_department_id: Id,
  name: ThingName.nullish(),
  parent_department_id: Id.nullish(),
  leader_user_id: z.union([Id, z.literal('')]).nullish(),
  order: z.coerce.number().catch(0),
  status: z.object({ is_deleted: z.boolean().nullish() }).nullish(),
});

const AttributeValue = z.object({
  text: ThingName.nullish(),
  option_value: ThingName.nullish(),
  name: ThingName.nullish(),
});

const User = z.object({
  open_id: Id,
  name: PersonName.nullish(),
  department_ids: z.array(Id).max(200).nullish(),
  employee_type: z.number().int().nullish(),
  employee_no: ThingName.nullish(),
  custom_attrs: z
    .array(z.object({ id: Id, value: AttributeValue.nullish() }))
    .max(200)
    .nullish(),
  status: z
    .object({
      is_activated: z.boolean().nullish(),
      is_frozen: z.boolean().nullish(),
      is_resigned: z.boolean().nullish(),
      is_exited: z.boolean().nullish(),
    })
    .nullish(),
});

/** A unit; undefined for one that was deleted. Without the scope for names its id stands in. Path: …/contact-v3/department/children */
export function readUnit(item: unknown): ContactUnit | undefined {
  const unit = parseAnswer(Department, item);
  if (unit.status?.is_deleted) return undefined;
  return {
    id: unit.open_department_id,
    name: unit.name || unit.open_department_id,
    parentId: unit.parent_department_id ?? '0',
    ...(unit.leader_user_id && { leaderId: unit.leader_user_id }),
    sort: unit.order,
  };
}

/**
 * A person. Without the scope for status they count as activated, so that nobody is cut off by a missing permission.
 * Paths: …/contact-v3/user/find_by_department, …/contact-v3/custom_attr/overview (what a field's value looks like).
 */
export function readPerson(item: unknown): ContactPerson {
  const user = parseAnswer(User, item);
  const texts = (user.custom_attrs ?? []).flatMap(({ id, value }) => {
    const text = value?.text ?? value?.option_value ?? value?.name;
    return text == null ? [] : [[id, text] as const];
  });
  return {
    id: user.open_id,
    name: user.name || user.open_id,
    unitIds: user.department_ids ?? [],
    ...(user.employee_type != null && { employeeType: user.employee_type }),
    ...(user.employee_no && { employeeNo: user.employee_no }),
    fields: Object.fromEntries(texts),
    isActivated: user.status?.is_activated ?? true,
    isFrozen: user.status?.is_frozen ?? false,
    hasLeft: (user.status?.is_resigned ?? false) || (user.status?.is_exited ?? false),
  };
}
