namespace Dashboard.LocalDatabase;

/// <summary>Where an embedded server lives and how it is set up.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>Folder of this server: data, password, port and log.</summary>
    public required string Folder { get; init; }

    /// <summary>Port on 127.0.0.1; null = the one it had last time when that is free, else any free one.</summary>
    public int? Port { get; init; }

    /// <summary>Settings on top of the defaults, as in postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } =
        new Dictionary<string, string>();

    /// <summary>
    /// A file that several processes hold open through <see cref="FileLock.ShareAsync"/>: the server then ends when the last of
    /// them does, instead of with the process that started it. Linux only; elsewhere it is ignored.
    /// </summary>
    public string? SharedBy { get; init; }

    internal bool EndsWithUs => SharedBy is null || !OperatingSystem.IsLinux();

    /// <summary>Told, in a sentence, what takes longer than a moment.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>The server of <c>./run</c>: one per clone, its data in <see cref="LocalFolders.Data"/>.</summary>
    public static LocalPostgresOptions ForProgram(Action<string>? log = null) =>
        new() { Folder = Path.Combine(LocalFolders.Data, "postgres"), Log = log ?? (_ => { }) };
}
