-- The record: what vendors released, what the lab found, who approved what for when, what channels should show,
-- and the chained memory of it all. Enumerations are stored by name. Lists and vendors' facts are JSON.
-- Keys, names of enumerations and hashes are compared code by code (BIN2), whatever the database's own collation is.
-- Needs SQL Server 2019 or newer, any edition, compatibility level 130 or higher for OPENJSON.

-- Patches

CREATE TABLE patchbot.patch
(
  id            nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name_key      nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL, -- the id in upper case, for finding it whatever its spelling
  revision      int                                           NOT NULL,
  content_hash  nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  title         nvarchar(400)                                 NOT NULL,
  vendor        nvarchar(200)                                 NOT NULL,
  kind          nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  update_type   nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  severity      nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  severity_word nvarchar(100)                                 NOT NULL,
  restart       nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  exploited     nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  disclosed     nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  released_at   datetimeoffset(3)                             NULL,
  first_seen_at datetimeoffset(3)                             NOT NULL,
  revised_at    datetimeoffset(3)                             NOT NULL,
  changes       nvarchar(max)                                 NOT NULL, -- JSON list: what the last revision changed, in words
  facts         nvarchar(max)                                 NOT NULL,
  CONSTRAINT pk_patch PRIMARY KEY (id),
  CONSTRAINT ck_patch_revision CHECK (revision >= 1),
  CONSTRAINT ck_patch_kind CHECK (kind IN ('Unknown', 'Security', 'Bugfix', 'Enhancement', 'Feature', 'Definition', 'Driver', 'Tool')),
  CONSTRAINT ck_patch_update_type CHECK (update_type IN
    ('Unspecified', 'ServicingStack', 'Cumulative', 'MonthlyRollup', 'SecurityOnly', 'Hotpatch', 'ProductUpdate')),
  CONSTRAINT ck_patch_severity CHECK (severity IN ('None', 'Low', 'Medium', 'Unrated', 'High', 'Critical')),
  CONSTRAINT ck_patch_restart CHECK (restart IN ('Unknown', 'No', 'Maybe', 'Yes')),
  CONSTRAINT ck_patch_exploited CHECK (exploited IN ('Unknown', 'No', 'Yes')),
  CONSTRAINT ck_patch_disclosed CHECK (disclosed IN ('Unknown', 'No', 'Yes'))
);

CREATE INDEX ix_patch_name_key ON patchbot.patch (name_key, id);
CREATE INDEX ix_patch_severity ON patchbot.patch (severity, released_at);
CREATE INDEX ix_patch_released_at ON patchbot.patch (released_at, first_seen_at, id);

CREATE TABLE patchbot.patch_cve
(
  patch_id  nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  cve       nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  severity  nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  cvss      decimal(3, 1)                                 NULL,
  exploited nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  disclosed nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  CONSTRAINT pk_patch_cve PRIMARY KEY (patch_id, cve),
  CONSTRAINT fk_patch_cve_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id),
  CONSTRAINT ck_patch_cve_severity CHECK (severity IN ('None', 'Low', 'Medium', 'Unrated', 'High', 'Critical')),
  CONSTRAINT ck_patch_cve_cvss CHECK (cvss BETWEEN 0 AND 10),
  CONSTRAINT ck_patch_cve_exploited CHECK (exploited IN ('Unknown', 'No', 'Yes')),
  CONSTRAINT ck_patch_cve_disclosed CHECK (disclosed IN ('Unknown', 'No', 'Yes'))
);

CREATE INDEX ix_patch_cve_cve ON patchbot.patch_cve (cve, patch_id);

CREATE TABLE patchbot.patch_alias
(
  patch_id  nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  alias_key nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL, -- the alias in upper case
  CONSTRAINT pk_patch_alias PRIMARY KEY (patch_id, alias_key),
  CONSTRAINT fk_patch_alias_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id)
);

CREATE INDEX ix_patch_alias_key ON patchbot.patch_alias (alias_key, patch_id);

-- What vendors say. other_id may name a patch that was never seen here, so it refers to nothing.
CREATE TABLE patchbot.patch_relation
(
  patch_id nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind     nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  other_id nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_patch_relation PRIMARY KEY (patch_id, kind, other_id),
  CONSTRAINT fk_patch_relation_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id),
  CONSTRAINT ck_patch_relation_kind CHECK (kind IN ('Supersedes', 'Requires'))
);

CREATE INDEX ix_patch_relation_other ON patchbot.patch_relation (other_id, kind, patch_id);

-- What a patch needs, by what vendors say or by a rule; needed_id may be unknown here too.
CREATE TABLE patchbot.patch_need
(
  patch_id  nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  needed_id nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_patch_need PRIMARY KEY (patch_id, needed_id),
  CONSTRAINT fk_patch_need_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id)
);

CREATE INDEX ix_patch_need_needed ON patchbot.patch_need (needed_id, patch_id);

CREATE TABLE patchbot.source_document
(
  source   nvarchar(40) COLLATE Latin1_General_100_BIN2  NOT NULL,
  document nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  stamp    nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL, -- the vendor's mark of its state when last read
  read_at  datetimeoffset(3)                             NULL,
  CONSTRAINT pk_source_document PRIMARY KEY (source, document)
);

CREATE TABLE patchbot.sighting
(
  source       nvarchar(40) COLLATE Latin1_General_100_BIN2  NOT NULL,
  document     nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  patch_id     nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  content_hash nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  is_listed    bit                                           NOT NULL,
  seen_at      datetimeoffset(3)                             NOT NULL,
  facts        nvarchar(max)                                 NOT NULL,
  CONSTRAINT pk_sighting PRIMARY KEY (source, document, patch_id),
  CONSTRAINT fk_sighting_document FOREIGN KEY (source, document) REFERENCES patchbot.source_document (source, document),
  CONSTRAINT fk_sighting_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id)
);

CREATE INDEX ix_sighting_patch ON patchbot.sighting (patch_id);

-- The lab

CREATE TABLE patchbot.lab_report
(
  id          bigint IDENTITY                               NOT NULL,
  platform    nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  channel_id  nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
  message     nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  thread      nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  person_id   nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  person_name nvarchar(200)                                 NOT NULL,
  reported_at datetimeoffset(3)                             NOT NULL,
  body        nvarchar(max)                                 NOT NULL,
  CONSTRAINT pk_lab_report PRIMARY KEY (id)
);

CREATE INDEX ix_lab_report_message ON patchbot.lab_report (platform, channel_id, message, id);

CREATE TABLE patchbot.lab_result
(
  id          bigint IDENTITY                               NOT NULL,
  report_id   bigint                                        NOT NULL,
  patch_id    nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  outcome     nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  host        nvarchar(200)                                 NOT NULL,
  note        nvarchar(1000)                                NOT NULL,
  person_id   nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  person_name nvarchar(200)                                 NOT NULL,
  reported_at datetimeoffset(3)                             NOT NULL,
  state       nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  ended_at    datetimeoffset(3)                             NULL,
  CONSTRAINT pk_lab_result PRIMARY KEY (id),
  CONSTRAINT fk_lab_result_report FOREIGN KEY (report_id) REFERENCES patchbot.lab_report (id),
  CONSTRAINT fk_lab_result_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id),
  CONSTRAINT ck_lab_result_outcome CHECK (outcome IN ('Pass', 'Fail', 'Blocked', 'Partial')),
  CONSTRAINT ck_lab_result_state CHECK (state IN ('Standing', 'Undone', 'Replaced', 'Withdrawn'))
);

CREATE INDEX ix_lab_result_report ON patchbot.lab_result (report_id, id);
CREATE INDEX ix_lab_result_patch ON patchbot.lab_result (patch_id, state, id) INCLUDE (outcome);

-- Rollouts

CREATE TABLE patchbot.rollout
(
  id                    bigint IDENTITY                               NOT NULL,
  patch_id              nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ring                  nvarchar(60) COLLATE Latin1_General_100_BIN2  NOT NULL,
  state                 nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  window_start          datetimeoffset(3)                             NULL,
  window_end            datetimeoffset(3)                             NULL,
  in_time               bit                                           NOT NULL,
  emergency_start       datetimeoffset(3)                             NULL,
  emergency_end         datetimeoffset(3)                             NULL,
  deferred_to           datetimeoffset(3)                             NULL,
  reasons               nvarchar(max)                                 NOT NULL, -- JSON list of sentences
  passed_over           nvarchar(max)                                 NOT NULL, -- JSON list of sentences
  snapshot_content      nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  snapshot_lab          nvarchar(max)                                 NOT NULL,
  snapshot_dependencies nvarchar(max)                                 NOT NULL,
  snapshot_window       nvarchar(max)                                 NOT NULL,
  fallen                nvarchar(max)                                 NOT NULL,
  version               int                                           NOT NULL,
  CONSTRAINT pk_rollout PRIMARY KEY (id),
  CONSTRAINT uq_rollout_patch_ring UNIQUE (patch_id, ring),
  CONSTRAINT fk_rollout_patch FOREIGN KEY (patch_id) REFERENCES patchbot.patch (id),
  CONSTRAINT ck_rollout_state CHECK (state IN ('Proposed', 'Approved', 'Rejected', 'Deferred', 'Superseded', 'Finished')),
  CONSTRAINT ck_rollout_window CHECK
    ((window_start IS NULL AND window_end IS NULL) OR (window_start IS NOT NULL AND window_end IS NOT NULL AND window_start < window_end)),
  CONSTRAINT ck_rollout_emergency CHECK
    ((emergency_start IS NULL AND emergency_end IS NULL)
      OR (emergency_start IS NOT NULL AND emergency_end IS NOT NULL AND emergency_start < emergency_end))
);

CREATE INDEX ix_rollout_window ON patchbot.rollout (ring, window_start, state);
CREATE INDEX ix_rollout_state ON patchbot.rollout (state, window_start);
CREATE INDEX ix_rollout_emergency ON patchbot.rollout (state, emergency_start) WHERE emergency_start IS NOT NULL;

CREATE TABLE patchbot.decision
(
  id          bigint IDENTITY                               NOT NULL,
  rollout_id  bigint                                        NOT NULL,
  kind        nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  person_id   nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  person_name nvarchar(200)                                 NOT NULL,
  decided_at  datetimeoffset(3)                             NOT NULL,
  reason      nvarchar(max)                                 NOT NULL,
  snapshot    nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  origin      nvarchar(600)                                 NOT NULL,
  is_standing bit                                           NOT NULL,
  CONSTRAINT pk_decision PRIMARY KEY (id),
  CONSTRAINT fk_decision_rollout FOREIGN KEY (rollout_id) REFERENCES patchbot.rollout (id),
  CONSTRAINT ck_decision_kind CHECK (kind IN ('Approve', 'Reject', 'Defer', 'Withdraw'))
);

CREATE INDEX ix_decision_rollout ON patchbot.decision (rollout_id, id);
CREATE INDEX ix_decision_decided_at ON patchbot.decision (decided_at);

-- One person decides once on what they saw, however often the button arrives.
CREATE UNIQUE INDEX uq_decision_standing ON patchbot.decision (rollout_id, snapshot, person_id) WHERE is_standing = 1;

CREATE TABLE patchbot.confirmation
(
  ring         nvarchar(60) COLLATE Latin1_General_100_BIN2  NOT NULL,
  requirement  nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  about_key    nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL, -- the requirement in upper case, without a version
  person_id    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  person_name  nvarchar(200)                                 NOT NULL,
  confirmed_at datetimeoffset(3)                             NOT NULL,
  origin       nvarchar(600)                                 NOT NULL,
  CONSTRAINT pk_confirmation PRIMARY KEY NONCLUSTERED (ring, requirement) -- too wide to cluster by
);

CREATE CLUSTERED INDEX ix_confirmation_ring ON patchbot.confirmation (ring, confirmed_at);
CREATE INDEX ix_confirmation_about ON patchbot.confirmation (ring, about_key);

CREATE TABLE patchbot.announcement
(
  id           bigint IDENTITY                              NOT NULL,
  ring         nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  window_start datetimeoffset(3)                            NOT NULL,
  window_end   datetimeoffset(3)                            NOT NULL,
  stage        nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  made_at      datetimeoffset(3)                            NOT NULL,
  CONSTRAINT pk_announcement PRIMARY KEY (id),
  CONSTRAINT uq_announcement_stage UNIQUE (ring, window_start, stage),
  CONSTRAINT ck_announcement_window CHECK (window_start < window_end)
);

-- Channels and posts

CREATE TABLE patchbot.channel
(
  platform    nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  channel_id  nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name        nvarchar(200)                                 NOT NULL,
  address     nvarchar(2000)                                NOT NULL, -- how its platform reaches it, in the adapter's own words; empty where the id is enough
  state       nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  lease_owner nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  lease_until datetimeoffset(3)                             NULL,
  not_before  datetimeoffset(3)                             NULL, -- throttled until then
  due_at      datetimeoffset(3)                             NULL, -- from when on it is worth a look; null: nothing is pending
  stopped_at  datetimeoffset(3)                             NULL, -- when it was stopped last; stays when it is active again
  stopped_why nvarchar(500)                                 NULL,
  told_at     datetimeoffset(3)                             NULL, -- when the admins had been told of that
  CONSTRAINT pk_channel PRIMARY KEY (platform, channel_id),
  CONSTRAINT ck_channel_state CHECK (state IN ('Active', 'Stopped')),
  CONSTRAINT ck_channel_stopped CHECK (state = 'Active' OR (stopped_at IS NOT NULL AND stopped_why IS NOT NULL)),
  CONSTRAINT ck_channel_lease CHECK
    ((lease_owner IS NULL AND lease_until IS NULL) OR (lease_owner IS NOT NULL AND lease_until IS NOT NULL))
);

-- It holds all that is asked of it: a reader who went on to the table would wait for a writer who comes from there.
CREATE INDEX ix_channel_due ON patchbot.channel (due_at, platform, channel_id) INCLUDE (lease_owner, state) WHERE due_at IS NOT NULL AND state = 'Active';
CREATE INDEX ix_channel_untold ON patchbot.channel (stopped_at) WHERE state = 'Stopped' AND told_at IS NULL;
CREATE INDEX ix_channel_stopped ON patchbot.channel (stopped_at) WHERE stopped_at IS NOT NULL;

CREATE TABLE patchbot.subscription
(
  platform   nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  channel_id nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ring       nvarchar(60) COLLATE Latin1_General_100_BIN2  NOT NULL,
  topic      nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  CONSTRAINT pk_subscription PRIMARY KEY (platform, channel_id, ring, topic),
  CONSTRAINT fk_subscription_channel FOREIGN KEY (platform, channel_id) REFERENCES patchbot.channel (platform, channel_id),
  CONSTRAINT ck_subscription_topic CHECK (topic IN ('Patches', 'Announcements'))
);

CREATE INDEX ix_subscription_ring ON patchbot.subscription (ring, topic, platform, channel_id);

CREATE TABLE patchbot.post
(
  id             bigint IDENTITY                               NOT NULL,
  platform       nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  channel_id     nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject        nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  wanted_version int                                           NOT NULL,
  shown_version  int                                           NOT NULL,
  thread         nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  message        nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  shown_content  nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  attempts       int                                           NOT NULL,
  pending_since  datetimeoffset(3)                             NULL, -- since when the shown version is behind; null while it is not
  not_before     datetimeoffset(3)                             NULL, -- a failed attempt is not repeated before
  last_fault     nvarchar(1000)                                NULL,
  CONSTRAINT pk_post PRIMARY KEY (id),
  CONSTRAINT uq_post_subject UNIQUE (platform, channel_id, subject),
  CONSTRAINT fk_post_channel FOREIGN KEY (platform, channel_id) REFERENCES patchbot.channel (platform, channel_id),
  CONSTRAINT ck_post_version CHECK (wanted_version >= 1 AND shown_version >= 0 AND attempts >= 0),
  CONSTRAINT ck_post_pending CHECK
    ((pending_since IS NULL AND shown_version >= wanted_version) OR (pending_since IS NOT NULL AND shown_version < wanted_version))
);

CREATE INDEX ix_post_subject ON patchbot.post (subject);
CREATE INDEX ix_post_message ON patchbot.post (platform, channel_id, message) WHERE message IS NOT NULL;
CREATE INDEX ix_post_channel_due ON patchbot.post (platform, channel_id, id) INCLUDE (not_before, pending_since) WHERE pending_since IS NOT NULL;

-- Conversation

-- Whom a platform has shown to the bot, and how to reach them there.
CREATE TABLE patchbot.person
(
  person_id      nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name           nvarchar(200)                                 NOT NULL,
  address        nvarchar(1000)                                NOT NULL, -- in the adapter's own words
  direct_channel nvarchar(300) COLLATE Latin1_General_100_BIN2 NULL,     -- the chat with the person alone, once it is open
  CONSTRAINT pk_person PRIMARY KEY (person_id)
);

CREATE TABLE patchbot.inbox
(
  platform     nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  delivery_key nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  taken_at     datetimeoffset(3)                             NOT NULL,
  CONSTRAINT pk_inbox PRIMARY KEY (platform, delivery_key)
);

CREATE INDEX ix_inbox_taken_at ON patchbot.inbox (taken_at);

-- The web chat's messages. It stands for a platform outside, so it refers to nothing in the record.
CREATE TABLE patchbot.transcript_message
(
  id          bigint IDENTITY                               NOT NULL,
  platform    nvarchar(20) COLLATE Latin1_General_100_BIN2  NOT NULL,
  channel_id  nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
  thread_id   bigint                                        NULL,
  author_id   nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  author_name nvarchar(200)                                 NOT NULL,
  body        nvarchar(max)                                 NOT NULL,
  card        nvarchar(max)                                 NULL,
  version     int                                           NOT NULL,
  post_id     bigint                                        NULL,
  written_at  datetimeoffset(3)                             NOT NULL,
  is_deleted  bit                                           NOT NULL,
  CONSTRAINT pk_transcript_message PRIMARY KEY (id),
  CONSTRAINT fk_transcript_message_thread FOREIGN KEY (thread_id) REFERENCES patchbot.transcript_message (id),
  CONSTRAINT ck_transcript_message_version CHECK (version >= 1)
);

CREATE INDEX ix_transcript_message_channel ON patchbot.transcript_message (platform, channel_id, id) WHERE is_deleted = 0;
CREATE INDEX ix_transcript_message_thread ON patchbot.transcript_message (thread_id) WHERE thread_id IS NOT NULL;
CREATE UNIQUE INDEX uq_transcript_message_post ON patchbot.transcript_message (post_id) WHERE post_id IS NOT NULL;

-- Audit: append only. Each entry's hash covers its content and the hash before; the head shows a cut-off end.
-- With Database:Ledger the option in the comment is switched on, which takes SQL Server 2022.

CREATE TABLE patchbot.audit_entry
(
  sequence      bigint                                        NOT NULL,
  happened_at   datetimeoffset(3)                             NOT NULL,
  actor         nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  action        nvarchar(60) COLLATE Latin1_General_100_BIN2  NOT NULL,
  subject       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  detail        nvarchar(2000)                                NOT NULL,
  origin        nvarchar(600)                                 NOT NULL,
  previous_hash nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  hash          nvarchar(64) COLLATE Latin1_General_100_BIN2  NOT NULL,
  CONSTRAINT pk_audit_entry PRIMARY KEY (sequence)
) /* WITH (LEDGER = ON (APPEND_ONLY = ON)) */;

CREATE INDEX ix_audit_entry_subject ON patchbot.audit_entry (subject, sequence);
CREATE INDEX ix_audit_entry_happened_at ON patchbot.audit_entry (happened_at);

CREATE TABLE patchbot.audit_head
(
  id       int                                          NOT NULL,
  sequence bigint                                       NOT NULL,
  hash     nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT pk_audit_head PRIMARY KEY (id),
  CONSTRAINT ck_audit_head_single CHECK (id = 1)
);

INSERT INTO patchbot.audit_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
GO

CREATE TRIGGER patchbot.tr_audit_entry_insert ON patchbot.audit_entry AFTER INSERT AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted WHERE inserted.sequence <> (SELECT head.sequence + 1 FROM patchbot.audit_head AS head))
  BEGIN
    THROW 51001, N'audit_entry: an entry must follow the newest one', 1;
  END;
END;
GO

CREATE TRIGGER patchbot.tr_audit_entry_update ON patchbot.audit_entry AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted)
  BEGIN
    THROW 51002, N'audit_entry: entries cannot be changed', 1;
  END;
END;
GO

CREATE TRIGGER patchbot.tr_audit_entry_delete ON patchbot.audit_entry AFTER DELETE AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM deleted)
  BEGIN
    THROW 51003, N'audit_entry: entries cannot be deleted', 1;
  END;
END;
GO

CREATE TRIGGER patchbot.tr_audit_head_update ON patchbot.audit_head AFTER UPDATE AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted JOIN deleted ON deleted.id = inserted.id WHERE inserted.sequence <> deleted.sequence + 1)
  BEGIN
    THROW 51004, N'audit_head: the head moves one entry at a time', 1;
  END;
END;
GO

CREATE TRIGGER patchbot.tr_audit_head_delete ON patchbot.audit_head AFTER DELETE AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM deleted)
  BEGIN
    THROW 51005, N'audit_head: the head cannot be deleted', 1;
  END;
END;
GO

-- Views for people who query by hand

CREATE VIEW patchbot.v_patch_status AS
SELECT patch.id AS patch,
       patch.title,
       patch.severity,
       patch.exploited,
       COALESCE(patch.released_at, patch.first_seen_at) AS released_at,
       rollout.ring,
       rollout.state,
       rollout.window_start,
       rollout.window_end,
       rollout.in_time,
       (SELECT COUNT(*) FROM patchbot.lab_result
         WHERE lab_result.patch_id = patch.id AND lab_result.state = 'Standing' AND lab_result.outcome = 'Pass') AS lab_passed,
       (SELECT COUNT(*) FROM patchbot.lab_result
         WHERE lab_result.patch_id = patch.id AND lab_result.state = 'Standing' AND lab_result.outcome = 'Fail') AS lab_failed,
       (SELECT COUNT(*) FROM patchbot.lab_result
         WHERE lab_result.patch_id = patch.id AND lab_result.state = 'Standing' AND lab_result.outcome IN ('Blocked', 'Partial')) AS lab_other
  FROM patchbot.patch
  LEFT JOIN patchbot.rollout ON rollout.patch_id = patch.id;
GO

CREATE VIEW patchbot.v_lab_results AS
SELECT lab_result.reported_at,
       lab_result.patch_id AS patch,
       patch.title,
       patch.severity,
       lab_result.host,
       lab_result.outcome,
       lab_result.note,
       lab_result.person_name AS reported_by,
       lab_result.person_id AS reported_by_id,
       lab_result.state,
       lab_result.ended_at
  FROM patchbot.lab_result
  JOIN patchbot.patch ON patch.id = lab_result.patch_id;
GO

CREATE VIEW patchbot.v_approvals AS
SELECT decision.decided_at,
       decision.kind AS decision,
       rollout.patch_id AS patch,
       patch.title,
       patch.severity,
       rollout.ring,
       decision.person_name AS decided_by,
       decision.person_id AS decided_by_id,
       decision.reason,
       decision.is_standing,
       rollout.state AS rollout_state,
       rollout.window_start,
       rollout.window_end,
       decision.origin
  FROM patchbot.decision
  JOIN patchbot.rollout ON rollout.id = decision.rollout_id
  JOIN patchbot.patch ON patch.id = rollout.patch_id;
GO

CREATE VIEW patchbot.v_upcoming_windows AS
SELECT rollout.ring,
       rollout.window_start,
       rollout.window_end,
       rollout.patch_id AS patch,
       patch.title,
       patch.severity,
       rollout.state,
       rollout.in_time
  FROM patchbot.rollout
  JOIN patchbot.patch ON patch.id = rollout.patch_id
 WHERE rollout.state IN ('Proposed', 'Deferred', 'Approved')
   AND rollout.window_end > SYSDATETIMEOFFSET();
