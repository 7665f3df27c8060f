/** A house in July with a pick-up point, its keeper, and goods in it, as an administrator and the keeper set it up in chat. */
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';

/** Monday, 10:00 in Shanghai, in the season. */
export const JULY_MORNING = new Date('2026-07-06T10:00:00+08:00');

/** With seven days to collect, as whoever names no end gets. */
export const SENTENCE = '给一大队党支部每人发藿香正气水2盒、矿泉水1箱，明天起到政治处领';

export type Office = {
  house: House;
  administrator: TestPerson;
  secretary: TestPerson;
  keeper: TestPerson;
  officer: TestPerson;
  auxiliary: TestPerson;
};

/** Opens the house; `goods` are what the keeper receives. The keeper has no part in the hand-out. */
export async function openOffice(
  goods: string[] = ['藿香正气水 200盒', '矿泉水 100箱'],
  options: Parameters<typeof openHouse>[0] = {},
): Promise<Office> {
  const house = await openHouse({ at: JULY_MORNING, ...options });
  const [administrator, secretary, keeper, officer, auxiliary] = [
    house.person(SAMPLE_PEOPLE.administrator),
    house.person(SAMPLE_PEOPLE.secretary),
    house.person(SAMPLE_PEOPLE.chief),
    house.person(SAMPLE_PEOPLE.officer),
    house.person(SAMPLE_PEOPLE.auxiliary),
  ];
  await administrator.says('设置领取点');
  await administrator.presses('保存领取点', {
    name: '政治处',
    place: '机关楼一层库房',
    hours: '工作日9:00至11:30',
    keeper: await house.nameOf(keeper.id),
  });
  for (const one of goods) await keeper.says(`入库 ${one}`);
  return { house, administrator, secretary, keeper, officer, auxiliary };
}

/** The same with the sentence handed out. */
export async function openHandout(goods?: string[], sentence = SENTENCE): Promise<Office> {
  const office = await openOffice(goods);
  await office.secretary.says(sentence);
  await office.secretary.presses('确认发放');
  await office.house.settles();
  return office;
}

/** What lies at the points, by item. */
export async function stockOf(house: House, item: string): Promise<{ onHand: number; reserved: number }> {
  const [row] = await house.app.db.sql<{ onHand: number; reserved: number }>`
    SELECT COALESCE(sum(l."onHand"), 0)::int AS "onHand", COALESCE(sum(l.reserved), 0)::int AS reserved
    FROM stock_level l JOIN supply_item i ON i.id = l."itemId" WHERE i.name = ${item}`;
  return row ?? { onHand: 0, reserved: 0 };
}
