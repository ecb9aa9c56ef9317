import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RoomView } from '@/api/types'
import { isCounted } from '@/live/board'
import { percent } from '@/ui/format'
import type { Provenance } from '@/ui/provenance'
import { useRoomProvenance, type RoomCount } from './provenance'

interface Tile {
  key: string
  label: string
  value: string
  unit?: string
  tone?: string
  /** A share to draw as a bar; undefined for what is no share, null for a share that is not known. */
  bar?: number | null
  read: () => Provenance
}

/** A room's figures as tiles, each with what it is made of. Empty until there is a view. */
export function useRoomTiles(view: Ref<RoomView | null>) {
  const { t } = useI18n()
  const provenance = useRoomProvenance()

  return computed<Tile[]>(() => {
    const shown = view.value
    if (!shown) return []
    const counted = isCounted(shown)
    const count = (key: RoomCount, more: Partial<Tile> = {}): Tile => ({
      key,
      label: t(`figure.${key}`),
      value: counted ? String(shown[key]) : '—',
      read: () => provenance.count(view.value!, key),
      ...more,
    })
    const share = (key: 'headUp' | 'participation', value: number | null): Tile => ({
      key,
      label: t(`figure.${key}`),
      value: percent(value),
      bar: value,
      read: () => provenance[key](view.value!),
    })
    return [
      count('people', { unit: `/ ${shown.enrolled}` }),
      share('headUp', shown.headUpRate.value),
      share('participation', shown.participation.value),
      count('handsRaised', { tone: shown.handsRaised > 0 ? 'hands' : '' }),
      count('standing'),
      count('headsDown'),
      count('headsOnDesk'),
      {
        key: 'teacher',
        label: t('figure.teacher'),
        value: counted ? t(`teacher.${shown.teacher}`) : '—',
        read: () => provenance.teacher(view.value!),
      },
    ]
  })
}
