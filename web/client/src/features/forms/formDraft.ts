import type { FormContent, FormItem, FormTotal, ItemKind } from './formsApi'

type Writable<T> = T extends readonly (infer U)[]
  ? Writable<U>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Writable<T[Name]> }
    : T

export type DraftContent = Writable<FormContent>
export type DraftGroup = DraftContent['groups'][number]
export type DraftItem = DraftGroup['items'][number]

/** A form in the hands of whoever edits it. */
export interface FormDraft {
  name: string
  nameEn: string
  content: DraftContent
}

export const itemKinds: readonly ItemKind[] = ['score', 'grade', 'yesNo', 'count', 'text']

export const copyOf = <T>(value: T): Writable<T> => JSON.parse(JSON.stringify(value)) as Writable<T>

/** Keys are the server's: what is new has none yet. */
export const newItem = (): DraftItem => ({
  key: '',
  text: '',
  textEn: '',
  kind: 'score',
  max: 0,
  levels: [5, 4, 3, 2, 1].map((points) => ({ points, text: '', textEn: '' })),
  mayNotApply: true,
  mayRemark: true,
  usual: null,
})
export const newGroup = (weight: number): DraftGroup => ({ key: '', name: '', nameEn: '', weight, items: [newItem()] })
export const newForm = (): FormDraft => ({
  name: '',
  nameEn: '',
  content: {
    groups: [newGroup(100)],
    bands: [
      { name: '优秀', nameEn: 'Excellent', from: 90 },
      { name: '良好', nameEn: 'Good', from: 75 },
      { name: '合格', nameEn: 'Sound', from: 60 },
      { name: '需改进', nameEn: 'To be improved', from: 0 },
    ],
    lessonKinds: [],
  },
})

/** Another kind of answer needs other levels, points and usual answer; words stay. */
export function setKind(item: DraftItem, kind: ItemKind): void {
  const levelled = kind === 'score' || kind === 'grade'
  if (levelled && item.levels.length === 0) item.levels = newItem().levels
  if (!levelled) item.levels = []
  item.kind = kind
  item.max = kind === 'yesNo' ? 1 : levelled ? Math.max(...item.levels.map(({ points }) => points)) : 0
  item.usual = null
}

/** Moves one of a list by a place; at the ends it stays. */
export function move<T>(list: T[], from: number, by: -1 | 1): void {
  const to = from + by
  if (to < 0 || to >= list.length) return
  const [one] = list.splice(from, 1)
  list.splice(to, 0, one)
}

/** What the groups' weights come to: 100 is right. */
export const weightsOf = (content: Pick<DraftContent, 'groups'>): number =>
  content.groups.reduce((sum, group) => sum + (Number(group.weight) || 0), 0)

/** The text in the reader's language; Chinese where there is no English. */
export const wordsOf = (zh: string, en: string, locale: string): string => (locale === 'en' && en ? en : zh)

/** A level's words and points, or yes and no, for an answer; null where the item has none for it. */
export function levelOf(item: FormItem, value: number | null): FormItem['levels'][number] | null {
  return item.levels.find(({ points }) => points === value) ?? null
}

/** A total to a tenth as the server rounded it; a dash, and never 0, where nothing was answered. */
export const totalText = (total: Pick<FormTotal, 'value'> | null): string =>
  total?.value === null || total?.value === undefined ? '—' : total.value.toFixed(1)
