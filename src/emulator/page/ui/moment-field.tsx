/** A field for a date, a time or both: the browser's own, which every keyboard and phone knows, its value written as Feishu writes it. */
type Props = {
  type: 'date' | 'time' | 'datetime-local';
  label: string;
  /** `2026-11-27T18:00`, a part of it, or empty. */
  value: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
  field?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
};

/** Until it has the focus it shows `2026-11-27 18:00`, whatever country the browser was made for. */
export function MomentField({ type, label, value, onChange, onEnter, field, isRequired, isDisabled }: Props) {
  return (
    <span className="moment-field">
      <input
        type={type}
        className="field"
        data-field={field}
        value={value}
        aria-label={label}
        aria-required={isRequired || undefined}
        disabled={isDisabled}
        onClick={(event) => event.currentTarget.showPicker?.()}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.();
        }}
      />
      <span className={`moment-words ${value ? '' : 'is-empty'}`} aria-hidden="true">
        {value.replace('T', ' ') || label}
      </span>
    </span>
  );
}
