-- The least rights that PatchBot needs, for a DBA to run in its database after the schema was made
-- (PatchBot migrate --script). Running it again changes nothing.
--
-- The bot's own account may read and write rows. It may not change the schema, and the audit it may only add to.
-- An account that may run 'PatchBot migrate' is another one: the owner of the schema, or one in the roles db_ddladmin,
-- db_datareader and db_datawriter, since a migration also writes rows.

IF DATABASE_PRINCIPAL_ID(N'patchbot_bot') IS NULL
  CREATE ROLE patchbot_bot;
IF DATABASE_PRINCIPAL_ID(N'patchbot_reader') IS NULL
  CREATE ROLE patchbot_reader;
GO

GRANT SELECT ON patchbot.schema_migration TO patchbot_bot;

GRANT SELECT, INSERT, UPDATE ON patchbot.patch TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.patch_cve TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.patch_alias TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.patch_relation TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.patch_need TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE ON patchbot.source_document TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE ON patchbot.sighting TO patchbot_bot;

GRANT SELECT, INSERT ON patchbot.lab_report TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE ON patchbot.lab_result TO patchbot_bot;

GRANT SELECT, INSERT, UPDATE ON patchbot.rollout TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE ON patchbot.decision TO patchbot_bot;
GRANT SELECT, INSERT ON patchbot.confirmation TO patchbot_bot;
GRANT SELECT, INSERT ON patchbot.announcement TO patchbot_bot;

GRANT SELECT, INSERT, UPDATE ON patchbot.channel TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.subscription TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE, DELETE ON patchbot.post TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE ON patchbot.person TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE, DELETE ON patchbot.identity_link TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.link_code TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.link_guess TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE, DELETE ON patchbot.workspace TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.install_state TO patchbot_bot;
GRANT SELECT, INSERT, DELETE ON patchbot.inbox TO patchbot_bot;
GRANT SELECT, INSERT, UPDATE, DELETE ON patchbot.transcript_message TO patchbot_bot;

-- A right that was denied stays denied, whatever other role gives it.
GRANT SELECT, INSERT ON patchbot.audit_entry TO patchbot_bot;
DENY UPDATE, DELETE, ALTER ON patchbot.audit_entry TO patchbot_bot;
GRANT SELECT, UPDATE ON patchbot.audit_head TO patchbot_bot;
DENY INSERT, DELETE, ALTER ON patchbot.audit_head TO patchbot_bot;

-- For people who query by hand.
GRANT SELECT ON SCHEMA::patchbot TO patchbot_reader;
GO

/*
Once, with the names filled in; a Windows account instead of a password where there is one:

  CREATE LOGIN [EXAMPLE\patchbot$] FROM WINDOWS;
  CREATE USER patchbot FOR LOGIN [EXAMPLE\patchbot$];

  CREATE LOGIN patchbot WITH PASSWORD = N'...', CHECK_POLICY = ON;
  CREATE USER patchbot FOR LOGIN patchbot;

  ALTER ROLE patchbot_bot ADD MEMBER patchbot;

Readers see one state, and wait for no writer, when the database allows snapshots:

  ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
*/
