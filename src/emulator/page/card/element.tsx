/** From a tag of Card JSON to the component that draws it. */

import type { CardElement } from './card-types.ts';
import { ButtonView } from './elements/button.tsx';
import { ChartView } from './elements/chart.tsx';
import { CheckerView } from './elements/checker.tsx';
import { BoxView, ColumnSetView, PanelView } from './elements/containers.tsx';
import { DivView, MarkdownView } from './elements/div.tsx';
import { FormView } from './elements/form.tsx';
import { ImageSetView, ImageView } from './elements/image.tsx';
import { InputView } from './elements/input.tsx';
import { OverflowView } from './elements/overflow.tsx';
import { PersonListView, PersonView } from './elements/person.tsx';
import { PickerView } from './elements/picker.tsx';
import { SelectView } from './elements/select.tsx';
import { SelectImageView } from './elements/select-image.tsx';
import { TableView } from './elements/table.tsx';
import { lengthOf } from './style.ts';

/** Draws elements one after another; the container says how they flow. */
export function Elements({ elements }: { elements: CardElement[] | undefined }) {
  return (elements ?? []).map((element, at) => (
    <div
      className={`card-element card-element-${element.tag}`}
      style={{ margin: lengthOf(element.margin) }}
      key={element.element_id ?? at}
    >
      <Element element={element} />
    </div>
  ));
}

function Element({ element }: { element: CardElement }) {
  switch (element.tag) {
    case 'div':
      return <DivView element={element} />;
    case 'markdown':
      return <MarkdownView element={element} />;
    case 'hr':
      return <hr className="card-hr" />;
    case 'img':
      return <ImageView element={element} />;
    case 'img_combination':
      return <ImageSetView element={element} />;
    case 'person':
      return <PersonView element={element} />;
    case 'person_list':
      return <PersonListView element={element} />;
    case 'chart':
      return <ChartView element={element} />;
    case 'table':
      return <TableView element={element} />;
    case 'column_set':
      return <ColumnSetView element={element} Elements={Elements} />;
    case 'collapsible_panel':
      return <PanelView element={element} Elements={Elements} />;
    case 'interactive_container':
      return <BoxView element={element} Elements={Elements} />;
    case 'form':
      // A form that is edited under somebody's hands starts anew, as it does in Feishu.
      return <FormView key={JSON.stringify(element)} element={element} Elements={Elements} />;
    case 'button':
      return <ButtonView element={element} />;
    case 'input':
      return <InputView element={element} />;
    case 'select_static':
    case 'select_person':
    case 'multi_select_static':
    case 'multi_select_person':
      return <SelectView element={element} />;
    case 'date_picker':
    case 'picker_time':
    case 'picker_datetime':
      return <PickerView element={element} />;
    case 'overflow':
      return <OverflowView element={element} />;
    case 'checker':
      return <CheckerView element={element} />;
    case 'select_img':
      return <SelectImageView element={element} />;
    default:
      return <div className="card-unknown">不认识的组件：{(element as { tag: string }).tag}</div>;
  }
}
