/**
 * The levels of heat, and what each means outdoors. Source: 防暑降温措施管理办法 (安监总安健〔2012〕89号), Article 3 (35 ℃ is heat), Article 8
 * (work outdoors by level) and Article 11 (drinks and medicines are supplied in kind). It binds enterprises and public institutions
 * (Article 2), not police organs: every card says 参照.
 */

export type HeatLevel = 35 | 37 | 40;

/** From the highest on. `meaning` is what the rule says of the level, for duty on the road. */
export const HEAT_LEVELS: { level: HeatLevel; meaning: string; article: string }[] = [
  { level: 40, meaning: '当日停止室外露天作业；确需上路的岗位请报支队安排。', article: '第八条第一项' },
  {
    level: 37,
    meaning: '全天室外露天作业累计不超过6小时，连续作业不超过国家规定，气温最高时段3小时内不安排室外作业。',
    article: '第八条第二项',
  },
  { level: 35, meaning: '换班轮休，缩短连续作业时间，不安排室外加班。', article: '第八条第三项' },
];

const SOURCE = '《防暑降温措施管理办法》（安监总安健〔2012〕89号）';

/** The highest level that a temperature in tenths of a degree reaches; undefined below 35 ℃. */
export function levelOf(maxTenths: number): HeatLevel | undefined {
  return HEAT_LEVELS.find(({ level }) => maxTenths >= level * 10)?.level;
}

/** The official alerts for heat by colour: yellow from 35 ℃ on three days, orange from 37 ℃, red from 40 ℃. */
export function levelOfAlert(color: string | null): HeatLevel | undefined {
  return ({ yellow: 35, orange: 37, red: 40 } as const)[color as 'yellow' | 'orange' | 'red'];
}

/** What a level means, with its source, always as an analogy. */
export function explainLevel(level: number): string {
  const found = HEAT_LEVELS.find((one) => one.level === level);
  return found ? `参照${SOURCE}${found.article}：${found.meaning}清凉饮料和药品要发实物，不折现（参照第十一条）。` : '';
}

/** The range in which a day's maximum is believed: the records on Earth are -89.2 and 56.7 ℃, the hottest in China 52.2. */
export function isPlausible(maxTenths: number): boolean {
  return Number.isInteger(maxTenths) && maxTenths >= -500 && maxTenths <= 560;
}
