namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>The statements of the index.</summary>
internal static class IndexSql
{
    /// <summary>Version of the tables: an index of another one is made anew.</summary>
    public const long Version = 1;

    public const string Create = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE files (name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE problems (
            id INTEGER PRIMARY KEY, file TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, line INTEGER NOT NULL, raw BLOB NOT NULL,
            seq INTEGER NOT NULL);
        CREATE INDEX problems_file ON problems (file);
        CREATE INDEX problems_seq ON problems (seq);
        CREATE TABLE patients (
            id INTEGER PRIMARY KEY, sender TEXT NOT NULL, code TEXT NOT NULL, number TEXT NOT NULL, name_key TEXT NOT NULL, given_key TEXT NOT NULL,
            birth TEXT NOT NULL, UNIQUE (sender, code, number, name_key, given_key, birth));
        CREATE INDEX patients_traits ON patients (name_key, birth);
        CREATE TABLE reports (
            id INTEGER PRIMARY KEY, sender TEXT NOT NULL, number TEXT NOT NULL, patient INTEGER NOT NULL, nir TEXT, day TEXT NOT NULL,
            seq INTEGER NOT NULL, current INTEGER NOT NULL, UNIQUE (sender, number));
        CREATE INDEX reports_patient ON reports (patient);
        CREATE INDEX reports_seq ON reports (seq);
        CREATE INDEX reports_nir ON reports (nir) WHERE nir IS NOT NULL;
        CREATE TABLE versions (
            id INTEGER PRIMARY KEY, report INTEGER NOT NULL, hash BLOB NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, changed INTEGER NOT NULL,
            complete INTEGER NOT NULL, final INTEGER NOT NULL, code_page INTEGER NOT NULL, raw BLOB NOT NULL, UNIQUE (report, hash));
        CREATE TABLE removed (
            id INTEGER PRIMARY KEY, local_id TEXT NOT NULL, sender TEXT NOT NULL, code TEXT NOT NULL, number TEXT NOT NULL, seq INTEGER NOT NULL);
        CREATE INDEX removed_seq ON removed (seq);
        CREATE TABLE unmapped (
            report INTEGER NOT NULL, code TEXT NOT NULL, unit TEXT NOT NULL, label TEXT NOT NULL, times INTEGER NOT NULL,
            PRIMARY KEY (report, code, unit)) WITHOUT ROWID;
        INSERT INTO meta VALUES ('epoch', lower(hex(randomblob(8)))), ('seq', '0'), ('newest', '0'), ('codes', '');
        """;

    /// <summary>
    /// Tables of later days, which an index may lack. Whom a problem names; a problem that names nobody has no row. By number, for ids are used again.
    /// </summary>
    public const string CreateLater = """
        CREATE TABLE IF NOT EXISTS problem_persons (seq INTEGER PRIMARY KEY, name_key TEXT NOT NULL, given_key TEXT NOT NULL, birth TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS problem_persons_traits ON problem_persons (name_key, birth);
        """;

    public const string Meta = "SELECT value FROM meta WHERE name = $name";
    public const string SetMeta = "UPDATE meta SET value = $value WHERE name = $name";

    public const string Files = "SELECT name, size, changed FROM files";
    public const string SetFile = "INSERT INTO files VALUES ($name, $size, $changed) ON CONFLICT DO UPDATE SET size = $size, changed = $changed";
    public const string DropFile = "DELETE FROM files WHERE name = $name";

    public const string AddProblem = "INSERT INTO problems (file, code, reason, line, raw, seq) VALUES ($file, $code, $reason, $line, $raw, $seq)";
    public const string AddProblemPerson = "INSERT INTO problem_persons (seq, name_key, given_key, birth) VALUES ($seq, $name, $given, $birth)";
    public const string DropProblemPersons = "DELETE FROM problem_persons WHERE seq IN (SELECT seq FROM problems WHERE file = $file)";
    public const string DropProblems = "DELETE FROM problems WHERE file = $file";
    public const string AnyProblem = "SELECT EXISTS (SELECT 1 FROM problems)";
    public const string AnyProblemOfNobody = $"SELECT EXISTS (SELECT 1 FROM problems p WHERE {OfNobody})";

    /// <summary>In the order of their numbers.</summary>
    public const string ProblemsOfNobody =
        $"SELECT {ProblemColumns}, p.seq FROM problems p WHERE p.seq > $after AND {OfNobody} ORDER BY p.seq LIMIT $limit";

    public const string ProblemsNaming = $"""
        SELECT {ProblemColumns}, n.given_key FROM problem_persons n JOIN problems p ON p.seq = n.seq
        WHERE n.name_key IN (SELECT value FROM json_each($names)) AND n.birth IN ($birth, $short) ORDER BY p.seq
        """;

    private const string OfNobody = "NOT EXISTS (SELECT 1 FROM problem_persons n WHERE n.seq = p.seq)";
    private const string ProblemColumns = "p.id, p.code, p.reason, p.line, length(p.raw), p.file";

    public const string AddPatient = "INSERT OR IGNORE INTO patients (sender, code, number, name_key, given_key, birth) VALUES ($sender, $code, $number, $name, $given, $birth)";
    public const string PatientId =
        "SELECT id FROM patients WHERE sender = $sender AND code = $code AND number = $number AND name_key = $name AND given_key = $given AND birth = $birth";

    public const string Report = """
        SELECT r.id, r.patient, r.current, r.day, v.raw, v.code_page, v.line, v.complete, p.sender, p.code
        FROM reports r JOIN versions v ON v.id = r.current JOIN patients p ON p.id = r.patient WHERE r.sender = $sender AND r.number = $number
        """;

    public const string AddReport =
        "INSERT INTO reports (sender, number, patient, nir, day, seq, current) VALUES ($sender, $number, $patient, $nir, $day, $seq, 0) RETURNING id";

    public const string SetReport =
        "UPDATE reports SET patient = $patient, nir = $nir, day = $day, seq = $seq, current = $current WHERE id = $report";

    public const string AddVersion = """
        INSERT INTO versions (report, hash, file, line, changed, complete, final, code_page, raw)
        VALUES ($report, $hash, $file, $line, $changed, $complete, $final, $page, $raw)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Whole before cut, then the newest, then final before preliminary; the hash makes the order total.</summary>
    public const string Newest = "SELECT id FROM versions WHERE report = $report ORDER BY complete DESC, changed DESC, final DESC, hash LIMIT 1";

    public const string AddRemoved = "INSERT INTO removed (local_id, sender, code, number, seq) VALUES ($id, $sender, $code, $number, $seq)";

    public const string DropUnmapped = "DELETE FROM unmapped WHERE report = $report";
    public const string AddUnmapped =
        "INSERT INTO unmapped VALUES ($report, $code, $unit, $label, 1) ON CONFLICT DO UPDATE SET times = times + 1";
    public const string Unmapped = """
        SELECT r.sender, u.code, u.unit, min(u.label), sum(u.times) FROM unmapped u JOIN reports r ON r.id = u.report
        GROUP BY r.sender, u.code, u.unit ORDER BY 5 DESC, 1, 2, 3
        """;

    public const string AllCurrent = """
        SELECT r.id, r.sender, v.raw, v.code_page, v.line, v.complete FROM reports r JOIN versions v ON v.id = r.current WHERE r.id > $after ORDER BY r.id LIMIT $limit
        """;

    public const string ByTraits = """
        SELECT id, sender, given_key, length(birth) > 8 FROM patients
        WHERE name_key IN (SELECT value FROM json_each($names)) AND birth IN ($birth, $short)
        """;

    /// <summary>Given names on reports without a day of birth.</summary>
    public const string Undated = """
        SELECT p.given_key FROM patients p
        WHERE p.name_key IN (SELECT value FROM json_each($names)) AND p.birth = '' AND EXISTS (SELECT 1 FROM reports r WHERE r.patient = p.id)
        """;

    public const string NirsOf = "SELECT DISTINCT nir FROM reports WHERE patient = $patient AND nir IS NOT NULL";
    public const string ReportsOf = "SELECT v.raw, v.code_page, v.line, v.complete, v.changed, v.file FROM reports r JOIN versions v ON v.id = r.current WHERE r.patient = $patient ORDER BY r.id";

    public const string ByPatientCode = "SELECT id, sender, given_key, length(birth) > 8 FROM patients WHERE sender = $sender AND code = $code AND $code <> ''";
    public const string ByReportNumber = "SELECT id, sender, given_key, length(birth) > 8 FROM patients WHERE sender = $sender AND code = '' AND number = $number";
    public const string ByNir = "SELECT DISTINCT patient FROM reports WHERE nir = $nir";
    public const string OneReport = """
        SELECT v.raw, v.code_page, v.line, v.complete, v.changed, v.file, r.patient FROM reports r JOIN versions v ON v.id = r.current
        WHERE r.sender = $sender AND r.number = $number
        """;

    public const string LocalKeys = """
        SELECT DISTINCT p.sender, p.code, p.number FROM patients p
        WHERE (p.sender, p.code, p.number) > ($sender, $code, $number) AND EXISTS (SELECT 1 FROM reports r WHERE r.patient = p.id)
        ORDER BY 1, 2, 3 LIMIT $limit
        """;

    /// <summary>What changed after a point, in order: reports (0), removed ids (1), problems of no patient (2).</summary>
    public const string Changes = """
        SELECT * FROM (
            SELECT r.seq AS seq, 0 AS kind, v.raw AS raw, v.code_page AS page, v.line AS line, v.complete AS complete, v.changed AS changed, v.file AS file,
                p.sender AS sender, p.code AS code, p.number AS number, '' AS local_id, '' AS reason
            FROM reports r JOIN versions v ON v.id = r.current JOIN patients p ON p.id = r.patient WHERE r.seq > $after AND r.seq <= $last
            UNION ALL
            SELECT d.seq, 1, NULL, 0, 0, 0, 0, '', d.sender, d.code, d.number, d.local_id, '' FROM removed d WHERE d.seq > $after AND d.seq <= $last
            UNION ALL
            SELECT b.seq, 2, b.raw, 0, b.line, 0, 0, b.file, '', '', '', b.code, b.reason FROM problems b WHERE b.seq > $after AND b.seq <= $last)
        ORDER BY seq LIMIT $limit
        """;
}
