/** The sample detachment on paper: an invented city's units, how many serve there, their Party branches, and lists to make names from. */

/** A unit with its strength. The branches share its people; the first belongs to its leadership. */
export type SampleUnit = {
  name: string;
  parent?: string;
  /** The job title of the person in charge, and of the secretary of the first branch. */
  head: string;
  secretary: string;
  officers: number;
  auxiliaries: number;
  branches: [string, ...string[]];
};

export const DETACHMENT = '澄岭市公安局交通警察支队';

/** Twelve units, 400 people, 18 branches. No city is called 澄岭. */
export const SAMPLE_UNITS: SampleUnit[] = [
  unit(DETACHMENT, undefined, '支队长', '政治委员', 6, 0, ['支队机关党支部']),
  unit('政治处', DETACHMENT, '主任', '副主任', 12, 0, ['政治处党支部']),
  unit('办公室', DETACHMENT, '主任', '副主任', 10, 6, ['办公室党支部']),
  unit('法制宣传科', DETACHMENT, '科长', '副科长', 9, 3, ['法制宣传科党支部']),
  unit('车辆管理所', DETACHMENT, '所长', '教导员', 24, 36, [
    '车辆管理所第一党支部',
    '车辆管理所第二党支部',
    '车辆管理所第三党支部',
  ]),
  unit('一大队', DETACHMENT, '大队长', '教导员', 20, 20, ['一大队党支部']),
  unit('一大队一中队', '一大队', '中队长', '指导员', 13, 19, ['一大队一中队党支部']),
  unit('一大队二中队', '一大队', '中队长', '指导员', 13, 19, ['一大队二中队党支部']),
  unit('二大队', DETACHMENT, '大队长', '教导员', 14, 14, ['二大队党支部']),
  unit('二大队一中队', '二大队', '中队长', '指导员', 18, 26, ['二大队一中队第一党支部', '二大队一中队第二党支部']),
  unit('三大队', DETACHMENT, '大队长', '教导员', 30, 40, ['三大队第一党支部', '三大队第二党支部', '三大队第三党支部']),
  unit('机动大队', DETACHMENT, '大队长', '教导员', 21, 27, ['机动大队第一党支部', '机动大队第二党支部']),
];

function unit(
  name: string,
  parent: string | undefined,
  head: string,
  secretary: string,
  officers: number,
  auxiliaries: number,
  branches: SampleUnit['branches'],
): SampleUnit {
  return { name, ...(parent && { parent }), head, secretary, officers, auxiliaries, branches };
}

// 41 and 60 have no common divisor, so the first 2,460 pairs of one each are all different.
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏窦章云苏潘葛范';
const GIVEN_NAMES =
  '知行 听澜 远山 青禾 小满 望舒 怀瑾 临川 牧野 星野 晚舟 若谷 景行 清和 静姝 长风 朝歌 云舒 亦然 思齐 ' +
  '澄心 明远 其琛 素问 南乔 松年 鹤鸣 采薇 疏桐 允中 令仪 泊舟 书航 向晚 未央 子衿 修远 维清 嘉树 念初 ' +
  '景明 立秋 谷雨 白露 石泉 拾光 霁月 苇杭 千寻 慕白 归鸿 时雨 沐阳 云帆 闻笛 问渠 守拙 致远 安澜 既白';

/** The `index`th of 2,460 invented names, all different. */
export function sampleName(index: number): string {
  const given = GIVEN_NAMES.split(' ');
  return `${SURNAMES.charAt(index % SURNAMES.length)}${given[(index * 13) % given.length]}`;
}
