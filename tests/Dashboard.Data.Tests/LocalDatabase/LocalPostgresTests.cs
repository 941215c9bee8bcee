using System.Net;
using System.Net.Sockets;
using Dashboard.LocalDatabase;
using Dashboard.Tests.Shared;
using Npgsql;
using Xunit;

namespace Dashboard.Data.Tests.LocalDatabase;

public sealed class LocalPostgresTests : IDisposable
{
    private readonly string _folder = Path.Combine(
        LocalFolders.Data,
        $"probe-{Guid.CreateVersion7():N}"
    );

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_killed_program_leaves_no_server_and_the_next_start_has_its_data()
    {
        var (program, port) = await HostProgram.StartAsync(_folder);
        using (program)
        {
            await using (var neighbour = await StartAsync())
            {
                Assert.True(neighbour.Reused);
                Assert.Equal(port, neighbour.Port);
                await using var written = Connect(neighbour);
                await written.ExecuteAsync("CREATE TABLE kept AS SELECT 42 AS answer");
            }

            program.Kill();
            await program.WaitForExitAsync();
        }

        // Starting waits for a server that is on its way out; one that stayed would be found and reused.
        await using (var restarted = await StartAsync())
        {
            Assert.False(restarted.Reused);
        }

        // As after a power cut: the number belongs to another program by now.
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "data", "postmaster.pid"),
            [$"{Environment.ProcessId}", _folder, "0", "1"]
        );

        await using var server = await StartAsync();
        Assert.False(server.Reused);
        await using var read = Connect(server);
        Assert.Equal(42, await read.ScalarAsync<int>("SELECT answer FROM kept"));
        Assert.Equal("logical", await read.ScalarAsync<string>("SHOW wal_level"));
        Assert.Equal("UTC", await read.ScalarAsync<string>("SHOW timezone"));
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<LocalPostgresException>(() =>
            LocalPostgres.StartAsync(new LocalPostgresOptions { Folder = _folder, Port = port })
        );

        Assert.Contains($"Port {port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        await File.WriteAllTextAsync(_folder, "a file is in the way");
        try
        {
            var failure = await Assert.ThrowsAsync<LocalPostgresException>(StartAsync);

            Assert.Contains(_folder, failure.Message, StringComparison.Ordinal);
            Assert.Contains(
                "ConnectionStrings__Dashboard",
                failure.Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    [Theory]
    [InlineData("PANIC:  could not write: No space left on device", "disk is full")]
    [InlineData("could not bind IPv4 address: Address already in use", "port is taken")]
    [InlineData("could not open file: Permission denied", "may not read or write")]
    [InlineData("database files are incompatible with server", "another major version")]
    public void What_the_server_prints_becomes_a_remedy(string printed, string remedy)
    {
        var failure = LocalPostgresException.FromOutput("It did not start.", printed);

        Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
        Assert.Contains(printed, failure.Message, StringComparison.Ordinal);
    }

    private Task<LocalPostgres> StartAsync() =>
        LocalPostgres.StartAsync(new LocalPostgresOptions { Folder = _folder });

    private static NpgsqlDataSource Connect(LocalPostgres server) =>
        NpgsqlDataSource.Create(server.ConnectionString("postgres"));
}
