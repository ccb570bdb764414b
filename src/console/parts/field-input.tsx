import type { Choice } from '../api.ts';
import { say } from '../language.ts';
import { dealWords } from '../words/deal.ts';
import { valueText } from './value-text.ts';

/** As much of a JSON Schema as the API gives for what an event takes. */
export interface Shape {
  readonly title?: string;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

export type Given = string | number | boolean | readonly string[] | null;

interface FieldInputProps {
  readonly label: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** What its options are called. */
  readonly choices: readonly Choice[];
  readonly change: (value: Given) => void;
}

/** One value, asked for as its schema says. Empty is null. */
export function FieldInput({ label, shape: given, required, choices, change }: FieldInputProps) {
  const shape = plainOf(given);
  const caption = (
    <span>
      {label}
      {!required && <small> {say(dealWords.optional)}</small>}
    </span>
  );
  const { enum: options, items } = shape;
  if (options !== undefined) {
    return (
      <label>
        {caption}
        <select required={required} onChange={(event) => change(event.currentTarget.value || null)}>
          <option value="" />
          {options.map((option) => (
            <option key={String(option)} value={String(option)}>
              {valueText(option, choices)}
            </option>
          ))}
        </select>
      </label>
    );
  }
  if (shape.type === 'boolean') {
    return (
      <label>
        {caption}
        <select
          required={required}
          onChange={({ currentTarget: { value } }) => change(value === '' ? null : value === 'true')}
        >
          <option value="" />
          <option value="true">{say(dealWords.yes)}</option>
          <option value="false">{say(dealWords.no)}</option>
        </select>
      </label>
    );
  }
  if (items?.enum !== undefined) {
    const options = items.enum.map(String);
    return <Options caption={caption} options={options} choices={choices} change={change} />;
  }
  if (items !== undefined) {
    return (
      <label>
        {caption}
        <textarea
          required={required}
          placeholder={say(dealWords.oneALine)}
          onInput={(event) => change(linesOf(event.currentTarget.value))}
        />
      </label>
    );
  }
  return <Line caption={caption} shape={shape} required={required} change={change} />;
}

/**
 * The first of several forms that a value may have, as people write it: money is a number with its cents behind the point
 * before it is an object in minor units, and what may be empty is something before it is null.
 */
function plainOf(shape: Shape): Shape {
  const [first] = shape.anyOf ?? [];
  return first === undefined ? shape : plainOf(first);
}

type Caption = Pick<FieldInputProps, 'change'> & { readonly caption: preact.JSX.Element };

function Options({
  caption,
  options,
  choices,
  change,
}: Caption & Pick<FieldInputProps, 'choices'> & { readonly options: readonly string[] }) {
  return (
    <fieldset
      onChange={({ currentTarget }) => {
        const chosen = [...currentTarget.querySelectorAll('input')].filter(({ checked }) => checked);
        change(chosen.length === 0 ? null : chosen.map(({ value }) => value));
      }}
    >
      <legend>{caption}</legend>
      {options.map((option) => (
        <label key={option}>
          <input type="checkbox" value={option} /> {valueText(option, choices)}
        </label>
      ))}
    </fieldset>
  );
}

function Line({ caption, shape: plain, required, change }: Caption & Pick<FieldInputProps, 'shape' | 'required'>) {
  const isNumber = plain.type === 'integer' || plain.type === 'number';
  const type = isNumber
    ? 'number'
    : plain.format === 'date'
      ? 'date'
      : plain.format === 'date-time'
        ? 'datetime-local'
        : 'text';
  const read = (text: string): Given => {
    if (text.trim() === '') return null;
    if (isNumber) return Number(text);
    return plain.format === 'date-time' ? new Date(text).toISOString() : text;
  };
  const bounds = isNumber ? { min: plain.minimum, max: plain.maximum } : {};
  if (type === 'text' && (plain.maxLength ?? 0) > 300) {
    return (
      <label>
        {caption}
        <textarea
          required={required}
          maxLength={plain.maxLength}
          onInput={(event) => change(read(event.currentTarget.value))}
        />
      </label>
    );
  }
  return (
    <label>
      {caption}
      <input
        // What the kinds of inputs share is all that is asked of it.
        type={type as 'text'}
        required={required}
        maxLength={plain.maxLength}
        step="any"
        {...bounds}
        onInput={(event) => change(read(event.currentTarget.value))}
      />
    </label>
  );
}

function linesOf(text: string): Given {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return lines.length === 0 ? null : lines;
}
