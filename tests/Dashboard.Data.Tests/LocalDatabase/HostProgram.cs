using System.Diagnostics;
using System.Runtime.CompilerServices;
using Dashboard.LocalDatabase;

namespace Dashboard.Data.Tests.LocalDatabase;

/// <summary>
/// This test program, started with a folder in an environment variable, is a program that owns a local server and can be
/// killed: it prints the port and then waits for ever.
/// </summary>
internal static class HostProgram
{
    private const string Variable = "DASHBOARD_TESTS_HOST_POSTGRES_IN";

    /// <summary>Starts a copy of this program; its server answers when this returns.</summary>
    public static async Task<(Process Program, int Port)> StartAsync(string folder)
    {
        var description = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        description.Environment[Variable] = folder;
        var program = Process.Start(description)!;
        var line = await program.StandardOutput.ReadLineAsync();
        return (program, int.Parse(line!));
    }

    [ModuleInitializer]
    internal static void RunInsteadOfTests()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            var options = new LocalPostgresOptions { Folder = folder };
            var server = LocalPostgres.StartAsync(options).GetAwaiter().GetResult();
            Console.WriteLine(server.Port);
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
