import type { Reach, Role } from '@/api/types'

/** The roles as people choose them. */
export const roles: readonly Role[] = [
  'teacher',
  'principal',
  'schoolAdministrator',
  'afterSchoolCoordinator',
  'inspector',
  'researcher',
  'auditor',
  'administrator',
]

/** Whether accounts of a role belong to one school. */
export function isOfSchool(role: Role): boolean {
  return (
    role === 'teacher' || role === 'principal' || role === 'schoolAdministrator' || role === 'afterSchoolCoordinator'
  )
}

/** Whether accounts of a role may be limited to schools, subjects and a period of office. */
export function mayLimit(role: Role): boolean {
  return role === 'inspector' || role === 'researcher'
}

/** Whose accounts somebody may make: a school's administrator those of the own teachers and coordinators. */
export function rolesFor(reach: Reach): readonly Role[] {
  return reach === 'district' ? roles : ['teacher', 'afterSchoolCoordinator']
}
