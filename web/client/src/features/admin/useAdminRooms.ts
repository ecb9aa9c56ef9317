import { onMounted, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/api'
import type { AdminRoom, RoomCamera } from '@/api/types'
import { useSession } from '@/app/session'
import { useFresh } from '@/live/useFresh'

/** The rooms of the chosen school with their addresses and keys, and their cameras as they come and go. */
export function useAdminRooms() {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const school = ref(typeof route.query.school === 'string' ? route.query.school : '')
  const rooms = shallowRef<readonly AdminRoom[] | null>(null)
  const failed = shallowRef<unknown>(null)
  const revealed = ref(new Set<string>())

  async function load(): Promise<void> {
    failed.value = null
    rooms.value = null
    revealed.value.clear()
    try {
      const schools = await session.loadSchools()
      school.value ||= schools[0]?.schoolId ?? ''
      rooms.value = school.value ? await api.adminRooms(school.value) : []
    } catch (error) {
      failed.value = error
    }
  }
  onMounted(load)
  watch(school, (value, before) => {
    if (!before) return
    void router.replace({ query: { school: value } })
    void load()
  })

  function change(roomId: string, changes: Partial<AdminRoom>): void {
    rooms.value = (rooms.value ?? []).map((one) => (one.roomId === roomId ? { ...one, ...changes } : one))
  }

  /** The old key ends at once; the new one is shown. */
  async function rotate(roomId: string): Promise<void> {
    change(roomId, await api.rotateKey(roomId))
    revealed.value.add(roomId)
  }

  function setCamera(roomId: string, camera: RoomCamera | null): void {
    change(roomId, { camera })
  }

  function toggle(roomId: string): void {
    if (!revealed.value.delete(roomId)) revealed.value.add(roomId)
  }

  useFresh('cameras', () => school.value || null, refreshCameras)
  async function refreshCameras(): Promise<void> {
    if (!rooms.value?.some((room) => room.camera)) return
    const asked = school.value
    const cameras = await api.cameras(asked).catch(() => null)
    if (!cameras || asked !== school.value || !rooms.value) return
    const byRoom = new Map(cameras.map((camera) => [camera.roomId, camera]))
    rooms.value = rooms.value.map((room) => {
      const camera = room.camera && byRoom.get(room.roomId)
      return camera ? { ...room, camera, state: camera.roomState } : room
    })
  }

  return { school, rooms, failed, revealed, load, rotate, setCamera, toggle }
}
