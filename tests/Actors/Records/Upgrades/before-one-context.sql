-- A data directory of the release before there was one context: every table has rows. The trail's key (audit.key, hex): 9436ac4b8e18f4ac1a9249462722abe19c85adf6326cb3d952ce61773f8f53c8
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __EFMigrationsHistory VALUES('20261122042019_Records','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261122070935_VisitMedia','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261122075318_RoomCamera','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261122075810_Recordings','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261122112000_Lessons','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261129084000_LessonIndices','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261129093000_Deeds','10.0.14');
CREATE TABLE IF NOT EXISTS "Audit" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Audit" PRIMARY KEY,
    "At" INTEGER NOT NULL,
    "UserName" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
, "KeyId" TEXT NULL, "Purpose" TEXT NULL);
INSERT INTO Audit VALUES(1,1795970121631,'system','audit.sealed','0 0000000000000000000000000000000000000000000000000000000000000000','4845927d9ac5c4ba33d3a1b94274e4cd4a61080d5c1a05553009cad00d575da7','012590730dc01367',NULL);
INSERT INTO Audit VALUES(2,1795970122094,'system','account.made','administrator administrator','2920194283a1a99338578dd64d94f9e497c469f752ff06b0bafa65b0c7cbc4a6','012590730dc01367',NULL);
INSERT INTO Audit VALUES(3,1795970122131,'system','books.imported','schools: 1, rooms: 2; not in the file and left alone: 0 schools, 0 rooms','d64d955ac2b5e9fa434337848a42ed90a74ef6b42252496085513002593990f5','012590730dc01367',NULL);
INSERT INTO Audit VALUES(4,1795970172585,'administrator','session.opened','administrator','b2dbbf738c05c71c82bd2902a22a91fa90be324ddb252e385d35882c42dbf118','012590730dc01367',NULL);
INSERT INTO Audit VALUES(5,1795970172954,'administrator','visit.opened','241517ac-c64d-44cd-b916-0ae20aa3d13c s01-101 both','d28b9068288cc9e0152cefb0b3e2b0226631d0c1db242c4097a6cca53ca5785c','012590730dc01367','看一看 upgrade');
INSERT INTO Audit VALUES(6,1795970184688,'administrator','areas.drawn','s01-101','0068e9a71a838e574fcb80773181bb66d791d3f64bcbe44a3d6afbc85f5c26bf','012590730dc01367',NULL);
INSERT INTO Audit VALUES(7,1795970203134,'system','visit.closed','241517ac-c64d-44cd-b916-0ae20aa3d13c s01-101','ba84fd93cf24d10a0883be52ea115cf90956a1f243417394bd4bd6446fc76dc4','012590730dc01367',NULL);
CREATE TABLE IF NOT EXISTS "Schools" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Schools" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "Order" INTEGER NOT NULL
);
INSERT INTO Schools VALUES('s01','第一小学','第一小学',1);
CREATE TABLE IF NOT EXISTS "Visits" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Visits" PRIMARY KEY,
    "RoomId" TEXT NOT NULL,
    "SchoolId" TEXT NOT NULL,
    "UserName" TEXT NOT NULL,
    "DisplayName" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NULL
, "Media" INTEGER NOT NULL DEFAULT 3);
INSERT INTO Visits VALUES('241517AC-C64D-44CD-B916-0AE20AA3D13C','s01-101','s01','administrator','管理员','看一看 upgrade',1795970172890,1795970232890,3);
INSERT INTO Visits VALUES('9E107D9D-372B-4B60-9C3B-1A5B2F6D7E02','s01-102','s01','administrator','管理员','还没结束 still open',1795970300000,NULL,2);
CREATE TABLE IF NOT EXISTS "Rooms" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Rooms" PRIMARY KEY,
    "SchoolId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Grade" TEXT NOT NULL,
    "Enrolled" INTEGER NOT NULL,
    "KeyVersion" INTEGER NOT NULL,
    "KeyRotatedAt" INTEGER NOT NULL, "Camera" TEXT NULL,
    CONSTRAINT "FK_Rooms_Schools_SchoolId" FOREIGN KEY ("SchoolId") REFERENCES "Schools" ("Id") ON DELETE RESTRICT
);
INSERT INTO Rooms VALUES('s01-101','s01','1班','一年级',40,1,1795970122120,NULL);
INSERT INTO Rooms VALUES('s01-102','s01','2班','一年级',38,1,1795970122120,NULL);
CREATE TABLE IF NOT EXISTS "VisitPolicy" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_VisitPolicy" PRIMARY KEY AUTOINCREMENT,
    "VideoOnly" INTEGER NOT NULL,
    "AudioOnly" INTEGER NOT NULL,
    "Both" INTEGER NOT NULL
);
INSERT INTO VisitPolicy VALUES(1,1,1,1);
CREATE TABLE IF NOT EXISTS "Recordings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Recordings" PRIMARY KEY,
    "RoomId" TEXT NOT NULL,
    "SchoolId" TEXT NOT NULL,
    "UserName" TEXT NOT NULL,
    "DisplayName" TEXT NOT NULL,
    "VisitId" TEXT NULL,
    "Reason" TEXT NOT NULL,
    "Media" INTEGER NOT NULL,
    "From" INTEGER NOT NULL,
    "Until" INTEGER NOT NULL,
    "To" INTEGER NULL,
    "LengthMilliseconds" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "Faults" TEXT NOT NULL
);
INSERT INTO Recordings VALUES('7B2E1B9C-52A7-4F0E-9F3B-3F5B1C2D4E01','s01-101','s01','administrator','管理员','241517AC-C64D-44CD-B916-0AE20AA3D13C','课例研究',3,1795970172890,1795970472890,1795970232890,60000,1234,'["video-lost"]');
CREATE TABLE IF NOT EXISTS "RecordingParts" (
    "RecordingId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "OffsetMilliseconds" INTEGER NOT NULL,
    "LengthMilliseconds" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "VideoCodec" INTEGER NOT NULL,
    "Width" INTEGER NOT NULL,
    "Height" INTEGER NOT NULL,
    "HasSound" INTEGER NOT NULL,
    CONSTRAINT "PK_RecordingParts" PRIMARY KEY ("RecordingId", "Number"),
    CONSTRAINT "FK_RecordingParts_Recordings_RecordingId" FOREIGN KEY ("RecordingId") REFERENCES "Recordings" ("Id") ON DELETE CASCADE
);
INSERT INTO RecordingParts VALUES('7B2E1B9C-52A7-4F0E-9F3B-3F5B1C2D4E01',1,0,60000,1234,1,640,360,1);
CREATE TABLE IF NOT EXISTS "Lessons" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Lessons" PRIMARY KEY,
    "RoomId" TEXT NOT NULL,
    "SchoolId" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NOT NULL,
    "Ended" INTEGER NOT NULL,
    "Enrolled" INTEGER NOT NULL,
    "Samples" BLOB NOT NULL,
    "Sound" BLOB NULL
);
INSERT INTO Lessons VALUES('C3D4E5F6-0718-4293-A4B5-C6D7E8F90A04','s01-101','s01',1795970000000,1795972400000,1,40,X'0102030405',X'0607');
INSERT INTO Lessons VALUES('D4E5F607-1829-43A4-B5C6-D7E8F90A1B05','s01-102','s01',1795971000000,1795971300000,0,38,X'0102030405',NULL);
CREATE TABLE IF NOT EXISTS "DoomedFiles" (
    "RecordingId" TEXT NOT NULL CONSTRAINT "PK_DoomedFiles" PRIMARY KEY
);
INSERT INTO DoomedFiles VALUES('0C9B6D1E-8F3A-4B52-8A51-5D0E6F7A8B03');
CREATE TABLE IF NOT EXISTS "__AccountsMigrations" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___AccountsMigrations" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __AccountsMigrations VALUES('20261122043657_Accounts','10.0.14');
INSERT INTO __AccountsMigrations VALUES('20261129083000_LoginSessions','10.0.14');
CREATE TABLE IF NOT EXISTS "AspNetUsers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "SchoolId" TEXT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);
INSERT INTO AspNetUsers VALUES('aa023b18-cb6e-4e7f-bfdd-c1ed93758c45','管理员','Administrator',NULL,'administrator','ADMINISTRATOR',NULL,NULL,0,'AQAAAAIAAYagAAAAEHsaIDLKqzMIWIjaeKI/Z1wI3MuLYT7X/2Mxj4i+AQnoUc4VIa2/xtMHw+xf3PZfSw==','QZ54BBB6UVLIWORISOVPIWUMBFGPKLCK','0c907953-4b25-45d0-b157-2433f142432b',NULL,0,0,NULL,1,0);
INSERT INTO AspNetUsers VALUES('f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f','陈国华','Principal','s01','principal','PRINCIPAL',NULL,NULL,0,'AQAAAAIAAYagAAAAEHsaIDLKqzMIWIjaeKI/Z1wI3MuLYT7X/2Mxj4i+AQnoUc4VIa2/xtMHw+xf3PZfSw==','QZ54BBB6UVLIWORISOVPIWUMBFGPKLCK','0c907953-4b25-45d0-b157-2433f142432b',NULL,0,0,'2126-11-29 16:40:00+00:00',1,2);
CREATE TABLE IF NOT EXISTS "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);
INSERT INTO AspNetUserClaims VALUES(1,'f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f','kind','value');
CREATE TABLE IF NOT EXISTS "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);
INSERT INTO AspNetUserLogins VALUES('provider','key','name','f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f');
CREATE TABLE IF NOT EXISTS "AspNetUserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);
INSERT INTO AspNetUserTokens VALUES('f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f','provider','name','value');
CREATE TABLE IF NOT EXISTS "LoginSessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_LoginSessions" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Granted" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "SeenAt" INTEGER NOT NULL,
    CONSTRAINT "FK_LoginSessions_AspNetUsers_AccountId" FOREIGN KEY ("AccountId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);
INSERT INTO LoginSessions VALUES('z-LccyLx4VYWHaXIMrFaXtNeqDcrNpGtGiBKg0ffGos','aa023b18-cb6e-4e7f-bfdd-c1ed93758c45','ea38cbef5ef270d7a1836498c197dea75e3a1a17e429cbaa9a970a01e3bb0aab',1795970172565,1795970172565);
CREATE TABLE actor_state (
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    payload TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (type, id));
INSERT INTO actor_state VALUES('room-areas','s01-101',1,'{"Areas":{"Pupils":[[0.1,0.1],[0.9,0.1],[0.9,0.9]],"Front":null},"By":"administrator","At":"2026-11-29T16:36:24.6271277+00:00"}',1795970184682);
INSERT INTO actor_state VALUES('classroom','s01-101',3,'{"Made":"by the last release"}',1795970184000);
INSERT INTO actor_state VALUES('seat-map','s01-101',2,'{"Areas":null,"Seats":null,"Settled":false,"At":"0001-01-01T00:00:00+00:00","MovedAt":null}',1795970185000);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('VisitPolicy',1);
INSERT INTO sqlite_sequence VALUES('AspNetUserClaims',1);
CREATE INDEX "IX_Rooms_SchoolId" ON "Rooms" ("SchoolId");
CREATE INDEX "IX_Visits_From" ON "Visits" ("From");
CREATE INDEX "IX_Visits_RoomId_From" ON "Visits" ("RoomId", "From");
CREATE INDEX "IX_Visits_SchoolId_From" ON "Visits" ("SchoolId", "From");
CREATE INDEX "IX_Visits_To" ON "Visits" ("To");
CREATE INDEX "IX_Visits_UserName_From" ON "Visits" ("UserName", "From");
CREATE INDEX "IX_Recordings_From" ON "Recordings" ("From");
CREATE INDEX "IX_Recordings_RoomId_From" ON "Recordings" ("RoomId", "From");
CREATE INDEX "IX_Recordings_SchoolId_From" ON "Recordings" ("SchoolId", "From");
CREATE INDEX "IX_Recordings_To" ON "Recordings" ("To");
CREATE INDEX "IX_Recordings_UserName_From" ON "Recordings" ("UserName", "From");
CREATE INDEX "IX_Lessons_From" ON "Lessons" ("From");
CREATE INDEX "IX_Lessons_RoomId_From" ON "Lessons" ("RoomId", "From");
CREATE INDEX "IX_Lessons_Ended" ON "Lessons" ("Ended") WHERE "Ended" = FALSE;
CREATE INDEX "IX_Lessons_To" ON "Lessons" ("To");
CREATE INDEX "IX_Lessons_SchoolId_From" ON "Lessons" ("SchoolId", "From");
CREATE INDEX "IX_Lessons_SchoolId_RoomId_From" ON "Lessons" ("SchoolId", "RoomId", "From");
CREATE INDEX "IX_Visits_SchoolId_RoomId_From" ON "Visits" ("SchoolId", "RoomId", "From");
CREATE INDEX "IX_Visits_UserName_RoomId_From" ON "Visits" ("UserName", "RoomId", "From");
CREATE INDEX "IX_Audit_At" ON "Audit" ("At");
CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");
CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");
CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");
CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");
CREATE INDEX "IX_LoginSessions_AccountId" ON "LoginSessions" ("AccountId");
COMMIT;
