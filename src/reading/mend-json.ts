/**
 * Mends the faults that templates make when they print JSON by hand, as well as can be told without knowing what was
 * meant: raw line feeds and wrong escapes inside strings, quotation marks inside strings that nobody escaped,
 * comments, trailing and missing commas, several documents in a row, an end cut off, `&quot;` for `"`.
 *
 * One pass, linear in the input. What comes out need not be JSON: the caller's parser decides.
 */
export function mendJson(source: string): string {
  const text = /^\s*[[{]\s*&quot;/.test(source) ? source.replaceAll('&quot;', '"') : source;
  return new Mender(text).mend();
}

class Mender {
  private readonly text: string;
  private readonly out: string[] = [];
  /** Closing brackets still owed. */
  private readonly open: string[] = [];
  private at = 0;
  private documents = 0;

  constructor(text: string) {
    this.text = text;
  }

  mend(): string {
    while (this.at < this.text.length) this.step(this.text.charAt(this.at));
    while (this.open.length > 0) this.close(this.open.pop() ?? '');
    const whole = this.out.join('');
    return this.documents > 1 ? `[${whole}]` : whole;
  }

  private step(char: string): void {
    if (char === '"') this.string();
    else if (char === '{' || char === '[') this.opening(char);
    else if (char === '}' || char === ']') this.closing(char);
    else if (char === '/' && this.skipComment()) return;
    else if (char === ';' && this.open.length === 0) this.at += 1;
    else this.put(char);
  }

  private put(char: string): void {
    this.out.push(char);
    this.at += 1;
  }

  private opening(char: string): void {
    if (this.open.length === 0) this.documents += 1;
    this.separate();
    this.open.push(char === '{' ? '}' : ']');
    this.put(char);
  }

  private closing(char: string): void {
    this.at += 1;
    if (!this.open.includes(char, -8)) return;
    for (let owed = this.open.pop(); owed !== undefined; owed = this.open.pop()) {
      this.close(owed);
      if (owed === char) return;
    }
  }

  private close(bracket: string): void {
    this.dropTrailing(',');
    this.out.push(bracket);
  }

  /** A comma where two values stand side by side. */
  private separate(): void {
    const last = this.lastSign();
    if (last === '}' || last === ']' || last === '"') this.out.push(',');
  }

  private lastSign(): string {
    for (let index = this.out.length - 1; index >= 0; index -= 1) {
      const part = this.out[index] ?? '';
      if (part.trim() !== '') return part.charAt(part.length - 1);
    }
    return '';
  }

  private dropTrailing(sign: string): void {
    for (let index = this.out.length - 1; index >= 0; index -= 1) {
      if ((this.out[index] ?? '').trim() === '') continue;
      if (this.out[index] === sign) this.out.splice(index, 1);
      return;
    }
  }

  private skipComment(): boolean {
    const next = this.text.charAt(this.at + 1);
    const end = next === '/' ? '\n' : next === '*' ? '*/' : '';
    if (end === '') return false;
    const found = this.text.indexOf(end, this.at + 2);
    this.at = found === -1 ? this.text.length : found + end.length;
    return true;
  }

  private string(): void {
    this.separate();
    const parts: string[] = ['"'];
    this.at += 1;
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at);
      if (char === '"' && this.endsString()) break;
      this.at += 1;
      if (char === '"') parts.push('\\"');
      else if (char === '\\') parts.push(this.escape());
      else parts.push(char < ' ' ? ' ' : char);
    }
    this.at += 1;
    parts.push('"');
    this.out.push(parts.join(''));
  }

  private escape(): string {
    const next = this.text.charAt(this.at);
    this.at += 1;
    if (next === 'u' && /^[\da-f]{4}$/i.test(this.text.slice(this.at, this.at + 4))) return '\\u';
    if (/["\\/bfnrt]/.test(next)) return `\\${next}`;
    return next >= ' ' ? next : ' ';
  }

  /** A quotation mark ends its string where what follows could follow a value or a key. */
  private endsString(): boolean {
    let next = this.at + 1;
    const limit = next + 200;
    while (next < limit && /\s/.test(this.text.charAt(next))) next += 1;
    const sign = this.text.charAt(next);
    if (sign === '' || sign === ':' || sign === '}' || sign === ']') return true;
    if (sign === '"') return this.text.slice(this.at + 1, next).includes('\n');
    if (sign !== ',') return false;
    return /^,\s{0,200}(?:["{[\]}\d-]|true|false|null|$)/.test(this.text.slice(next, next + 220));
  }
}
