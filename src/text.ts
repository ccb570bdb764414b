/** Words for people, as data: every title and message of the product exists in Chinese and in English. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Text;
