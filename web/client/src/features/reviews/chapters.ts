import type { Chapter } from './reviewsApi'

/** Names that are offered; any other may be written. */
export const usualNames = [
  '目标设定',
  '导入',
  '学习目标呈现',
  '提问',
  '小组合作',
  '探究',
  '生成处理',
  '结构优化',
  '板书',
  '练习',
  '结尾',
] as const

/** Cuts the chapter that a moment lies in; where one begins already, nothing changes. */
export function split(chapters: readonly Chapter[], at: number): Chapter[] {
  const index = chapters.findLastIndex((one) => one.from < at)
  if (index < 0 || chapters.some((one) => one.from === at)) return [...chapters]
  return chapters.toSpliced(index + 1, 0, { from: at, name: chapters[index].name })
}

/** Joins a chapter with the one before it, whose name stays. */
export function join(chapters: readonly Chapter[], index: number): Chapter[] {
  return index === 0 ? [...chapters] : chapters.toSpliced(index, 1)
}

/** Lets a chapter begin at another moment, between its neighbours; elsewhere it stays where it is. */
export function move(chapters: readonly Chapter[], index: number, from: number): Chapter[] {
  const after = chapters[index - 1]?.from
  const before = chapters[index + 1]?.from ?? Infinity
  if (after === undefined || from <= after || from >= before) return [...chapters]
  return chapters.with(index, { ...chapters[index], from })
}
