import type { Page } from 'playwright-core';
import type { Server } from './server';

/** A room of the made school, and who gives its lesson. */
export interface LessonRoom {
  readonly roomId: string;
  readonly name: string;
  readonly teacher: string;
  readonly number: string;
}

/** Asks as the page of somebody who is signed in would. */
export async function ask(page: Page, server: Server, path: string, data: object): Promise<Record<string, unknown>> {
  const answer = await page.request.post(`${server.url}${path}`, { headers: { origin: server.url }, data });
  if (answer.status() !== 201) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** A school whose classes each have one lesson all day long, whatever the day of the test; with teachers who have none. */
export async function layOutLessons(
  admin: Page, server: Server, schoolId: string, rooms: readonly LessonRoom[], others: readonly { name: string; number: string }[] = [],
): Promise<void> {
  const post = (book: string, row: object) => ask(admin, server, `/api/books/${book}`, row);
  const year = new Date().getFullYear();
  const week = [1, 2, 3, 4, 5, 6, 7];
  await post('schools', { id: schoolId, name: '测试小学', nameEn: 'Test school', order: 91 });
  const { id: subjectId } = await post('subjects', { name: '数学思维', nameEn: 'Thinking in numbers' });
  const { id: termId } = await post('terms', { name: '本学期', firstDay: `${year}-01-01`, lastDay: `${year}-12-31`, uncountedWeeks: [] });
  await post('day-plans', {
    schoolId, name: '全天', weekdays: week, periods: [{ number: 1, name: '第1节', kind: 'lesson', from: '00:00', to: '23:59' }],
  });
  for (const { name, number } of others) await post('teachers', { schoolId, name, number, subjectIds: [] });
  for (const { roomId, name, teacher, number } of rooms) {
    await post('rooms', { id: roomId, schoolId, name, grade: '三年级', enrolled: 24 });
    const { id: teacherId } = await post('teachers', { schoolId, name: teacher, number, subjectIds: [subjectId] });
    const { id: classId } = await post('classes', { schoolId, name, grade: '三年级', enrolled: 24, roomId });
    for (const weekday of week)
      await post('timetable', { termId, schoolId, weekday, period: 1, firstWeek: 1, rotation: 1, turns: 1, classId, subjectId, teacherId });
  }
}
