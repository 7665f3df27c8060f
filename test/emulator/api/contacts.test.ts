/** Contacts through the SDK, and the events that tell of their changes. */
import { describe, expect, it } from 'vitest';
import { BRANCH_FIELD } from '../../../src/emulator/world/world.ts';
import { refusal, startBot, startRig, user, WORLD } from '../rig.ts';

const openIds = { department_id_type: 'open_department_id', user_id_type: 'open_id' } as const;

describe('departments', () => {
  it('are listed below another, or all of them', async () => {
    const { client } = await startRig();
    const path = { department_id: '0' };
    const direct = await client.contact.v3.department.children({ path, params: openIds });
    expect(direct.data?.items).toMatchObject([
      { name: '支队', open_department_id: 'od-0', parent_department_id: '0', order: '1', leader_user_id: 'ou_zhao' },
    ]);
    const all = await client.contact.v3.department.children({ path, params: { ...openIds, fetch_child: true } });
    expect(all.data?.items?.map((unit) => unit.name)).toEqual(['支队', '一大队', '一中队', '二大队']);
  });

  it('can be looked at alone; an unknown one is 40004 with HTTP 403', async () => {
    const { client } = await startRig();
    const one = await client.contact.v3.department.get({ path: { department_id: 'od-11' }, params: openIds });
    expect(one.data?.department).toMatchObject({ name: '一中队', parent_department_id: 'od-1' });
    const unknown = client.contact.v3.department.get({ path: { department_id: 'od-9' }, params: openIds });
    expect(await refusal(unknown)).toMatchObject({ status: 403, code: 40004 });
  });
});

describe('members of a department', () => {
  it('come page by page through the SDK’s iterator, with the tenant’s own fields', async () => {
    const users = Array.from({ length: 120 }, (_, index) => user(`u${index}`, `民警${index}`, 'od-1'));
    const { client } = await startRig({ world: { ...WORLD, users, groups: [] } });
    const params = { ...openIds, department_id: 'od-1', page_size: 50 };
    const seen: string[] = [];
    for await (const page of await client.contact.v3.user.findByDepartmentWithIterator({ params })) {
      for (const item of page?.items ?? []) {
        seen.push(String(item.open_id));
        expect(item.custom_attrs?.find((field) => field.id === BRANCH_FIELD)?.value?.text).toBe('第一党支部');
      }
    }
    expect(seen).toEqual(users.map((one) => one.open_id));
  });

  it('refuses a page over 50 and a page token that is none', async () => {
    const { client } = await startRig();
    const list = (page: { page_size?: number; page_token?: string }) =>
      client.contact.v3.user.findByDepartment({ params: { ...openIds, department_id: 'od-1', ...page } });
    expect(await refusal(list({ page_size: 51 }))).toMatchObject({ code: 40011 });
    expect(await refusal(list({ page_token: 'x' }))).toMatchObject({ code: 40012 });
  });

  it('leaves out fields whose scope was not granted', async () => {
    const { client } = await startRig({ scopes: ['contact:contact.base:readonly', 'contact:user.base:readonly'] });
    const answer = await client.contact.v3.user.get({ path: { user_id: 'ou_wang' }, params: openIds });
    expect(answer.data?.user).toMatchObject({ open_id: 'ou_wang', name: '王强' });
    expect(answer.data?.user).not.toHaveProperty('mobile');
    expect(answer.data?.user).not.toHaveProperty('department_ids');
  });
});

describe('single users', () => {
  it('are found by any id, together, and by mobile number', async () => {
    const { client } = await startRig();
    const byUnion = await client.contact.v3.user.get({
      path: { user_id: 'on_li' },
      params: { user_id_type: 'union_id' },
    });
    expect(byUnion.data?.user?.name).toBe('李敏');
    const batch = await client.contact.v3.user.batch({
      params: { user_ids: ['ou_wang', 'ou_li'], user_id_type: 'open_id' },
    });
    expect(batch.data?.items?.map((one) => one.name)).toEqual(['王强', '李敏']);
    const ids = await client.contact.v3.user.batchGetId({
      data: { mobiles: ['+86wang', '+8600'] },
      params: { user_id_type: 'open_id' },
    });
    expect(ids.data?.user_list).toMatchObject([{ mobile: '+86wang', user_id: 'ou_wang' }, { mobile: '+8600' }]);
    expect(ids.data?.user_list?.[1]).not.toHaveProperty('user_id');
    const unknown = client.contact.v3.user.get({ path: { user_id: 'ou_nobody' }, params: openIds });
    expect(await refusal(unknown)).toMatchObject({ status: 400, code: 99992351 });
  });

  it('and the units the app may see are its contact range', async () => {
    const { client } = await startRig();
    expect((await client.contact.v3.scope.list({ params: openIds })).data).toMatchObject({
      department_ids: ['od-0'],
      has_more: false,
    });
  });
});

describe('changes to the contacts reach the bot', () => {
  it('when somebody joins, moves and leaves', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    rig.emulator.contacts.add(user('qian', '钱进', 'od-2'));
    expect(await bot.hears('contact.user.created_v3')).toMatchObject([
      { object: { open_id: 'ou_qian', name: '钱进' } },
    ]);
    rig.emulator.contacts.transfer('ou_qian', 'od-11');
    const [moved] = await bot.hears('contact.user.updated_v3');
    expect(moved).toMatchObject({ object: { open_id: 'ou_qian', department_ids: ['od-11'] } });
    expect(moved?.old_object).toEqual({ department_ids: ['od-2'] });
    rig.emulator.contacts.leave('ou_qian');
    const [gone] = await bot.hears('contact.user.deleted_v3');
    expect(gone).toMatchObject({ object: { open_id: 'ou_qian' }, old_object: { department_ids: ['od-11'] } });
    const members = await rig.client.contact.v3.user.findByDepartment({
      params: { ...openIds, department_id: 'od-11' },
    });
    expect(members.data?.items).toEqual([]);
  });

  it('when a unit is made, renamed and dissolved', async () => {
    const rig = await startRig();
    const bot = await startBot(rig);
    const unit = { open_department_id: 'od-3', name: '三大队', parent: 'od-0', order: 3 };
    rig.emulator.contacts.putUnit(unit);
    expect(await bot.hears('contact.department.created_v3')).toMatchObject([{ object: { name: '三大队' } }]);
    rig.emulator.contacts.putUnit({ ...unit, name: '高速大队' });
    const renamed = await bot.hears('contact.department.updated_v3');
    expect(renamed).toMatchObject([{ object: { name: '高速大队' }, old_object: { name: '三大队' } }]);
    rig.emulator.contacts.removeUnit('od-3');
    expect(await bot.hears('contact.department.deleted_v3')).toMatchObject([
      { object: { status: { is_deleted: true } } },
    ]);
  });
});
