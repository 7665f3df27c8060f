/** A good card in which every component of Card JSON 2.0 stands once, written from Feishu's pages. */

const plain = (content: string) => ({ tag: 'plain_text', content });
const callback = [{ type: 'callback', value: { press: 'feedback/open', about: 'card' } }];

/** A fresh copy, so that a test may change it. */
export function everyComponent() {
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: 'compact',
      enable_forward: true,
      summary: { content: '第一议题学习' },
      locales: ['zh_cn'],
      style: {
        text_size: { 'cus-0': { default: 'medium', pc: 'medium', mobile: 'large' } },
        color: { 'cus-0': { light_mode: 'rgba(5,157,178,0.52)', dark_mode: 'rgba(78,23,108,0.49)' } },
      },
    },
    card_link: { url: 'https://example.com', ios_url: 'lark://msgcard/unsupported_action' },
    header: {
      title: plain('第一议题学习'),
      subtitle: plain('城区大队党支部'),
      template: 'blue',
      padding: '12px 8px 12px 8px',
      icon: { tag: 'standard_icon', token: 'chat_outlined', color: 'orange' },
      text_tag_list: [{ tag: 'text_tag', element_id: 'state', text: plain('待完成'), color: 'blue' }],
    },
    body: {
      direction: 'vertical',
      padding: '12px',
      vertical_spacing: '8px',
      elements: [
        {
          tag: 'markdown',
          content: '**请看** [材料](https://example.com/a) 或 [来电](tel://10000)',
          text_align: 'left',
        },
        {
          tag: 'div',
          element_id: 'line',
          width: 'fill',
          text: { ...plain('请于 11月27日（周五）18:00 前完成'), text_size: 'heading', text_color: 'grey', lines: 2 },
          icon: { tag: 'standard_icon', token: 'reply-cn_filled', color: 'blue' },
        },
        { tag: 'hr', margin: '4px 0' },
        { tag: 'img', img_key: 'img_v3_1', alt: plain(''), size: '100px 100px', corner_radius: '5%', preview: false },
        { tag: 'img_combination', combination_mode: 'bisect', img_list: [{ img_key: 'a' }, { img_key: 'b' }] },
        { tag: 'person', user_id: 'ou_1', size: 'small', show_name: true, style: 'capsule' },
        { tag: 'person_list', persons: [{ id: 'ou_1' }], lines: 1, drop_invalid_user_id: true },
        {
          tag: 'chart',
          aspect_ratio: '2:1',
          chart_spec: { type: 'bar', data: { values: [{ tag: 'x', y: 1 }] }, xField: 'tag', yField: 'y' },
        },
        {
          tag: 'table',
          page_size: 5,
          row_height: 'auto',
          header_style: { bold: true, background_style: 'grey' },
          columns: [
            { name: 'who', display_name: '人员', data_type: 'persons' },
            { name: 'unit', data_type: 'text', width: '120px' },
            { name: 'done', data_type: 'number', format: { precision: 0, separator: true } },
            { name: 'state', data_type: 'options' },
            { name: 'at', data_type: 'date', date_format: 'YYYY/MM/DD' },
          ],
          rows: [
            { who: ['ou_1'], unit: '一中队', done: 3, state: [{ text: '已完成', color: 'green' }], at: 1699341315000 },
            {},
          ],
        },
        {
          tag: 'column_set',
          flex_mode: 'flow',
          horizontal_spacing: 'default',
          columns: [
            {
              tag: 'column',
              width: 'weighted',
              weight: 1,
              elements: [{ tag: 'button', type: 'primary_filled', text: plain('我已完成'), behaviors: callback }],
            },
            {
              tag: 'column',
              width: '80px',
              elements: [{ tag: 'overflow', options: [{ text: plain('更多'), value: '1' }] }],
            },
          ],
        },
        {
          tag: 'collapsible_panel',
          expanded: false,
          header: { title: plain('材料'), icon_position: 'right', icon_expanded_angle: -180 },
          border: { color: 'grey', corner_radius: '5px' },
          elements: [{ tag: 'div', text: { tag: 'lark_md', content: '很长的**文本**' } }],
        },
        {
          tag: 'interactive_container',
          width: 'fill',
          has_border: true,
          behaviors: [{ type: 'open_url', default_url: 'https://example.com', pc_url: '' }],
          elements: [{ tag: 'div', text: plain('点开') }],
        },
        { tag: 'select_person', placeholder: plain('选一个人'), options: [{ value: 'ou_1' }], behaviors: callback },
        { tag: 'checker', text: plain('勾选'), checked: false, checked_style: { opacity: 0.5 }, behaviors: callback },
        {
          tag: 'form',
          name: 'reflection',
          elements: [
            {
              tag: 'input',
              name: 'words',
              input_type: 'multiline_text',
              max_length: 1000,
              required: true,
              label: plain('心得'),
            },
            {
              tag: 'select_static',
              name: 'kind',
              options: [
                { text: plain('一'), value: '1' },
                { text: plain('二'), value: '2' },
              ],
            },
            {
              tag: 'multi_select_static',
              name: 'units',
              options: [{ text: plain('一'), value: '1' }],
              selected_values: ['1'],
            },
            { tag: 'multi_select_person', name: 'people', required: true },
            { tag: 'date_picker', name: 'day', initial_date: '2026-11-27' },
            { tag: 'picker_time', name: 'time', initial_time: '18:00' },
            { tag: 'picker_datetime', name: 'moment', initial_datetime: '2026-11-27 18:00' },
            { tag: 'select_img', name: 'photo', multi_select: true, options: [{ img_key: 'a', value: '1' }] },
            {
              tag: 'button',
              name: 'study-tasks/complete?task=1',
              form_action_type: 'submit',
              text: plain('提交'),
              confirm: { title: plain('提交'), text: plain('提交后不能修改') },
            },
          ],
        },
      ] as Record<string, unknown>[],
    } as Record<string, unknown> & { elements: Record<string, unknown>[] },
  };
}
