using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Dashboard.LocalDatabase;

/// <summary>The files of one server: data, password, last port.</summary>
internal sealed class Cluster(LocalPostgresOptions options, string binaries, ServerUser user)
{
    /// <summary>The superuser's name inside PostgreSQL.</summary>
    public const string Superuser = "dashboard";

    public string Data { get; } = Path.Combine(options.Folder, "data");

    public string PasswordFile { get; } = Path.Combine(options.Folder, "password");

    /// <summary>Written by a running server.</summary>
    public string PidFile => Path.Combine(Data, "postmaster.pid");

    private string PortFile { get; } = Path.Combine(options.Folder, "port");

    /// <summary>Creates what is missing; half-made data (a killed first start) are made anew.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        LocalFolders.Create(options.Folder);
        var finished = Path.Combine(options.Folder, "initialised");
        if (File.Exists(finished))
        {
            return;
        }

        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }

        await File.WriteAllTextAsync(
            PasswordFile,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            cancellationToken
        );
        await user.OwnAsync(PasswordFile, cancellationToken);
        LocalFolders.Create(Data);
        await user.OwnAsync(Data, cancellationToken);
        await InitialiseAsync(cancellationToken);
        await File.WriteAllTextAsync(finished, string.Empty, cancellationToken);
    }

    public string ConnectionString(int port, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Superuser,
            Password = File.ReadAllText(PasswordFile),
            Database = database,
            Timezone = "UTC",
        }.ConnectionString;

    /// <summary>The port of a server that runs on these data, whoever started it; null when none does.</summary>
    public int? RunningPort()
    {
        if (!File.Exists(PidFile))
        {
            return null;
        }

        string[] lines;
        try
        {
            // pid, data folder, start time, port, … (PostgreSQL, miscadmin.h)
            lines = File.ReadAllLines(PidFile);
        }
        catch (FileNotFoundException)
        {
            // It stopped between the two lines above.
            return null;
        }

        if (
            lines.Length > 3
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            && IsPostgres(pid)
        )
        {
            return port;
        }

        // Left by a power cut. PostgreSQL would refuse to start when the number belongs to another program by now.
        File.Delete(PidFile);
        return null;
    }

    /// <summary>The port to start on.</summary>
    public int ChoosePort()
    {
        if (options.Port is { } wanted)
        {
            return IsFree(wanted)
                ? wanted
                : throw new LocalPostgresException(
                    $"Port {wanted} for the local PostgreSQL is taken by another program: stop it or choose another port."
                );
        }

        if (
            File.Exists(PortFile)
            && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var last)
            && IsFree(last)
        )
        {
            return last;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        options.Log("Creating the local PostgreSQL's data …");
        string[] initdb =
        [
            Path.Combine(binaries, "initdb"),
            "--pgdata=" + Data,
            "--username=" + Superuser,
            "--pwfile=" + PasswordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--set=timezone=UTC",
            "--set=log_timezone=UTC",
        ];
        var (exitCode, output) = await Shell.RunAsync(
            user.Wrap(initdb, dieWithParent: false),
            "/",
            cancellationToken
        );
        if (exitCode != 0)
        {
            throw LocalPostgresException.FromOutput(
                $"The data folder {Data} of the local PostgreSQL cannot be created.",
                output
            );
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsPostgres(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
