/** A form: keeps what stands in its fields and hands it over with the submit button. */
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import type { CardElement, FieldElement, FormElement } from '../card-types.ts';
import type { DrawElements } from '../draw-elements.ts';
import { flowStyle } from '../style.ts';

export type FieldValue = string | string[] | boolean;
type Form = {
  values: Record<string, FieldValue>;
  missing: ReadonlySet<string>;
  set: (name: string, value: FieldValue) => void;
  reset: () => void;
  /** The values to post, or undefined when a required field is empty; the first such field gets the focus. */
  collect: () => Record<string, FieldValue> | undefined;
};

const FormContext = createContext<Form | undefined>(undefined);

/** The form around an element, or undefined outside one. */
export function useForm(): Form | undefined {
  return useContext(FormContext);
}

/** Nothing is posted while a required field is empty, as in Feishu. */
export function FormView({ element, Elements }: { element: FormElement; Elements: DrawElements }) {
  const fields = useMemo(() => fieldsOf(element.elements), [element.elements]);
  const initial = useMemo(() => initialValues(fields), [fields]);
  const [values, setValues] = useState(initial);
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const [generation, setGeneration] = useState(0);
  const box = useRef<HTMLFieldSetElement>(null);
  const form: Form = {
    values,
    missing,
    set: (name, value) => {
      setValues((all) => ({ ...all, [name]: value }));
      setMissing((all) => new Set([...all].filter((other) => other !== name)));
    },
    reset: () => {
      setValues(initial);
      setMissing(new Set());
      setGeneration((count) => count + 1);
    },
    collect: () => {
      const empty = fields.filter(
        (field) => 'required' in field && field.required && isEmpty(values[field.name ?? '']),
      );
      setMissing(new Set(empty.map((field) => field.name ?? '')));
      if (empty.length === 0) return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
      box.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(empty[0]?.name ?? '')}"]`)?.focus();
      return undefined;
    },
  };
  return (
    <FormContext value={form}>
      <fieldset className="card-form" ref={box} style={flowStyle(element)} key={generation}>
        <Elements elements={element.elements} />
      </fieldset>
    </FormContext>
  );
}

/** A field with the note that it has to be filled in. */
export function FieldNote({ name, children }: { name: string | undefined; children: ReactNode }) {
  const form = useForm();
  const isMissing = form?.missing.has(name ?? '') ?? false;
  return (
    <div className={`card-field-box ${isMissing ? 'is-missing' : ''}`}>
      {children}
      {isMissing && (
        <div className="card-field-note" role="alert">
          请先填写这一项
        </div>
      )}
    </div>
  );
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function fieldsOf(elements: CardElement[] | undefined): FieldElement[] {
  return (elements ?? []).flatMap((element): FieldElement[] => {
    if (element.tag === 'column_set') return (element.columns ?? []).flatMap((column) => fieldsOf(column.elements));
    if (element.tag === 'collapsible_panel' || element.tag === 'interactive_container')
      return fieldsOf(element.elements);
    return 'name' in element && element.name && element.tag !== 'button' ? [element as FieldElement] : [];
  });
}

function initialValues(fields: FieldElement[]): Record<string, FieldValue> {
  return Object.fromEntries(fields.map((field) => [field.name ?? '', initialValue(field)]));
}

/** What stands in a field before anybody touched it, in the shape that Feishu posts. */
export function initialValue(field: FieldElement): FieldValue {
  switch (field.tag) {
    case 'input':
      return field.default_value ?? '';
    case 'checker':
      return field.checked ?? false;
    case 'date_picker':
      return withZone(field.initial_date);
    case 'picker_time':
      return withZone(field.initial_time);
    case 'picker_datetime':
      return withZone(field.initial_datetime);
    case 'select_static':
    case 'select_person':
      return field.initial_option ?? field.options?.[(field.initial_index ?? 0) - 1]?.value ?? '';
    case 'select_img':
      return field.multi_select ? [] : '';
    default:
      return field.selected_values ?? [];
  }
}

/** Feishu posts times with the offset of the person's zone. */
export function withZone(value: string | undefined): string {
  return value ? `${value} +0800` : '';
}
