/** Cards that together use every element the page can draw. */

const text = (content: string) => ({ tag: 'plain_text', content });
const card = (header: object | undefined, ...elements: object[]) => ({
  schema: '2.0',
  config: { update_multi: true },
  ...(header ? { header } : {}),
  body: { elements },
});
const head = (title: string, template: string, tag: string, color: string, subtitle?: string) => ({
  title: text(title),
  template,
  text_tag_list: [{ tag: 'text_tag', text: text(tag), color }],
  ...(subtitle ? { subtitle: text(subtitle) } : {}),
});
const press = (value: object) => [{ type: 'callback', value }];
const fact = (label: string, value: string) => ({
  tag: 'column_set',
  columns: [
    { tag: 'column', width: '72px', elements: [{ tag: 'div', text: { ...text(label), text_color: 'grey' } }] },
    { tag: 'column', width: 'weighted', weight: 1, elements: [{ tag: 'div', text: text(value) }] },
  ],
});

export const TASK = card(
  head('第一议题学习 · 请完成', 'blue', '待完成', 'blue', '一大队党支部 · 张伟'),
  { tag: 'markdown', content: '请于 **11月27日（周五）18:00** 前完成' },
  fact('学习内容', '学习党的二十届四中全会精神'),
  fact('学习材料', 'example.gov.cn/a'),
  {
    tag: 'collapsible_panel',
    expanded: false,
    header: { title: text('学习要点') },
    elements: [{ tag: 'markdown', content: '1. 通读公报\n2. 联系岗位谈体会\n3. 支部集中研讨一次' }],
  },
  {
    tag: 'column_set',
    flex_mode: 'stretch',
    columns: [
      {
        tag: 'column',
        width: 'auto',
        elements: [{ tag: 'button', type: 'primary_filled', text: text('我已完成'), behaviors: press({ done: true }) }],
      },
      {
        tag: 'column',
        width: 'auto',
        elements: [
          {
            tag: 'button',
            text: text('打开材料'),
            behaviors: [{ type: 'open_url', default_url: 'https://example.gov.cn/a' }],
          },
        ],
      },
    ],
  },
  { tag: 'hr' },
  { tag: 'markdown', text_size: 'notation', content: "<font color='grey'>发给一大队党支部全体党员 · 投诉建议</font>" },
);

export const TASK_DONE = card(head('第一议题学习', 'green', '已完成', 'green', '一大队党支部 · 张伟'), {
  tag: 'div',
  text: text('您已于 11月24日（周二）09:12 完成'),
});

export const FORM = card(head('推荐每月一星', 'carmine', '待填写', 'carmine'), {
  tag: 'form',
  name: 'nomination',
  elements: [
    { tag: 'div', text: text('推荐人选') },
    {
      tag: 'select_person',
      name: 'who',
      required: true,
      placeholder: text('请选择人员'),
      options: [{ value: 'ou_1' }, { value: 'ou_2' }],
    },
    {
      tag: 'select_static',
      name: 'post',
      placeholder: text('所在岗位'),
      options: ['路面执法', '窗口服务', '事故处理'].map((name) => ({ text: text(name), value: name })),
    },
    {
      tag: 'multi_select_static',
      name: 'why',
      placeholder: text('推荐理由（可多选）'),
      options: ['政治坚定', '业务精通', '作风优良', '群众认可'].map((name) => ({ text: text(name), value: name })),
    },
    {
      tag: 'input',
      name: 'deeds',
      label: text('事迹'),
      required: true,
      input_type: 'multiline_text',
      rows: 3,
      placeholder: text('一句话说清做了什么'),
      max_length: 300,
    },
    { tag: 'date_picker', name: 'day', placeholder: text('发生日期'), initial_date: '2026-11-20' },
    { tag: 'picker_datetime', name: 'at', placeholder: text('公示开始') },
    { tag: 'checker', name: 'sure', text: text('我确认情况属实') },
    {
      tag: 'column_set',
      columns: [
        {
          tag: 'column',
          width: 'auto',
          elements: [
            {
              tag: 'button',
              name: 'submit__nomination',
              form_action_type: 'submit',
              type: 'primary_filled',
              text: text('提交推荐'),
            },
          ],
        },
        {
          tag: 'column',
          width: 'auto',
          elements: [{ tag: 'button', name: 'reset', form_action_type: 'reset', text: text('清空') }],
        },
      ],
    },
  ],
});

export const PROGRESS = card(
  head('完成情况', 'turquoise', '进行中', 'turquoise', '第一议题学习 · 11月27日（周五）18:00 截止'),
  { tag: 'markdown', content: '已完成 **31** · 待完成 **7** · 休假 **2**（共40人）' },
  {
    tag: 'chart',
    aspect_ratio: '2:1',
    chart_spec: {
      type: 'bar',
      data: [
        {
          id: 'd',
          values: [
            { day: '11-23', done: 8 },
            { day: '11-24', done: 15 },
            { day: '11-25', done: 8 },
          ],
        },
      ],
      xField: 'day',
      yField: 'done',
      title: { text: '每天完成人数' },
    },
  },
  {
    tag: 'table',
    page_size: 3,
    header_style: { background_style: 'grey' },
    columns: [
      { name: 'unit', display_name: '中队', data_type: 'text' },
      { name: 'rate', display_name: '完成', data_type: 'number', horizontal_align: 'right' },
      { name: 'state', display_name: '状态', data_type: 'options' },
    ],
    rows: [
      { unit: '一中队', rate: 12, state: [{ text: '全部完成', color: 'green' }] },
      { unit: '二中队', rate: 10, state: [{ text: '还有 3 人', color: 'orange' }] },
      { unit: '三中队', rate: 9, state: [{ text: '还有 4 人', color: 'orange' }] },
      { unit: '机关', rate: 0, state: [{ text: '休假', color: 'neutral' }] },
    ],
  },
  {
    tag: 'select_static',
    placeholder: text('查看某个中队'),
    options: [
      { text: text('一中队'), value: '1' },
      { text: text('二中队'), value: '2' },
    ],
    behaviors: press({ show: 'unit' }),
  },
  {
    tag: 'column_set',
    flex_mode: 'stretch',
    columns: [
      {
        tag: 'column',
        width: 'auto',
        elements: [
          {
            tag: 'button',
            type: 'primary_filled',
            text: text('提醒未完成（7人）'),
            confirm: { title: text('提醒 7 人？'), text: text('只发给还没有完成的 7 位同志。') },
            behaviors: press({ nudge: true }),
          },
        ],
      },
      {
        tag: 'column',
        width: 'auto',
        elements: [
          {
            tag: 'button',
            text: text('查看名单'),
            disabled: true,
            disabled_tips: text('截止后可以查看'),
            behaviors: press({ list: true }),
          },
        ],
      },
      {
        tag: 'column',
        width: 'auto',
        elements: [
          {
            tag: 'overflow',
            options: [
              { text: text('导出表格'), value: 'export' },
              { text: text('撤销任务'), value: 'cancel' },
            ],
          },
        ],
      },
    ],
  },
);

export const CONTENT = card(
  {
    title: text('全部展示组件'),
    subtitle: text('样例'),
    template: 'indigo',
    icon: { tag: 'standard_icon', token: 'todo_outlined' },
  },
  {
    tag: 'markdown',
    content:
      "# 标题\n**粗** *斜* ~~删~~ `码` [链接](https://example.com) <font color='red'>红字</font> <text_tag color='lime'>标签</text_tag> <at id=ou_1></at> :DONE:\n- 一\n- 二\n\n> 引用\n\n5 &lt; 6 &#42;不斜&#42; &lt;font&gt;\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
  },
  {
    tag: 'div',
    text: { ...text('第二行文字'), text_size: 'heading-3' },
    icon: { tag: 'standard_icon', token: 'calendar_outlined' },
  },
  { tag: 'person_list', persons: [{ id: 'ou_0' }, { id: 'ou_1' }] },
  {
    tag: 'column_set',
    background_style: 'grey',
    flex_mode: 'bisect',
    columns: [
      {
        tag: 'column',
        elements: [
          { tag: 'div', text: { ...text('42'), text_size: 'heading-1', text_align: 'center' } },
          { tag: 'div', text: { ...text('中心组学习'), text_align: 'center', text_color: 'grey' } },
        ],
      },
      {
        tag: 'column',
        elements: [
          { tag: 'div', text: { ...text('180+'), text_size: 'heading-1', text_align: 'center' } },
          { tag: 'div', text: { ...text('支部学习'), text_align: 'center', text_color: 'grey' } },
        ],
      },
    ],
  },
  {
    tag: 'interactive_container',
    has_border: true,
    behaviors: press({ open: 1 }),
    elements: [{ tag: 'div', text: text('可以按的一块') }],
  },
  { tag: 'checker', text: text('领取防暑用品'), checked: true },
);

/** What a malicious person might type, in every place where a text can stand. */
export const HOSTILE_TEXT =
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> [x](javascript:window.hacked=1) <a href="javascript:window.hacked=1">y</a>';
export const HOSTILE = card(
  head(HOSTILE_TEXT, 'red', HOSTILE_TEXT, 'red', HOSTILE_TEXT),
  { tag: 'markdown', content: HOSTILE_TEXT },
  { tag: 'div', text: { tag: 'lark_md', content: HOSTILE_TEXT } },
  { tag: 'div', text: text(HOSTILE_TEXT) },
  { tag: 'button', text: text('链接'), behaviors: [{ type: 'open_url', default_url: 'javascript:window.hacked=1' }] },
);

export const SAMPLES = { task: TASK, 'task-done': TASK_DONE, nomination: FORM, progress: PROGRESS, content: CONTENT };
