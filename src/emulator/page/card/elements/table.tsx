/** A table with pages, its cells drawn by the column's data type. */
import { type CSSProperties, type ReactNode, useState } from 'react';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import type { TableColumn, TableElement } from '../card-types.ts';
import { Markdown } from '../markdown.tsx';
import { lengthOf, toneOf } from '../style.ts';
import { PersonChip } from './person.tsx';

/** Pages are turned on this screen; nothing is posted. */
export function TableView({ element }: { element: TableElement }) {
  const [page, setPage] = useState(0);
  const size = element.page_size ?? 5;
  const rows = element.rows ?? [];
  const columns = element.columns ?? [];
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page, pages - 1);
  return (
    <div className="card-table-box">
      <ScrollRegion className="card-table-scroll" label="表格">
        <table className={`card-table card-table-${element.header_style?.background_style ?? 'none'}`}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} style={cellStyle(column)} scope="col">
                  {column.display_name ?? column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(at * size, (at + 1) * size).map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column.name} style={cellStyle(column)}>
                    {drawCell(row[column.name], column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {pages > 1 && (
        <nav className="card-pages" aria-label="翻页">
          <button type="button" className="btn btn-small" disabled={at === 0} onClick={() => setPage(at - 1)}>
            上一页
          </button>
          <span>
            {at + 1} / {pages}
          </span>
          <button type="button" className="btn btn-small" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            下一页
          </button>
        </nav>
      )}
    </div>
  );
}

function cellStyle(column: TableColumn): CSSProperties {
  return {
    width: lengthOf(column.width) ?? (/^\d{1,3}%$/.test(column.width ?? '') ? column.width : undefined),
    textAlign: (column.horizontal_align ?? 'left') as CSSProperties['textAlign'],
  };
}

function drawCell(value: unknown, column: TableColumn): ReactNode {
  if (value === undefined || value === null) return '';
  switch (column.data_type) {
    case 'markdown':
    case 'lark_md':
      return <Markdown source={String(value)} />;
    case 'number':
      return typeof value === 'number' ? formatNumber(value, column.format) : String(value);
    case 'date':
      return formatDate(Number(value), column.date_format ?? 'YYYY/MM/DD');
    case 'persons':
      return [value].flat().map((id) => <PersonChip id={String(id)} key={String(id)} />);
    case 'options':
      return [value].flat().map((option, at) => <OptionTag option={option} key={at} />);
    default:
      return String(value);
  }
}

function OptionTag({ option }: { option: unknown }) {
  const { text, color } =
    typeof option === 'object' && option
      ? (option as { text?: string; color?: string })
      : { text: String(option), color: undefined };
  return (
    <span className="card-tag" data-tone={toneOf(color)}>
      {text}
    </span>
  );
}

function formatNumber(value: number, format: TableColumn['format']): string {
  const digits = format?.precision;
  const text = new Intl.NumberFormat('zh-CN', {
    useGrouping: format?.separator ?? false,
    ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  }).format(value);
  return `${format?.symbol ?? ''}${text}`;
}

function formatDate(millisecond: number, pattern: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(millisecond));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const names: Record<string, string> = {
    YYYY: part('year'),
    MM: part('month'),
    DD: part('day'),
    HH: part('hour'),
    mm: part('minute'),
    ss: part('second'),
  };
  return pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (name) => names[name] ?? name);
}
