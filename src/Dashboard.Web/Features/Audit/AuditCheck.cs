using Dashboard.Data.Audit;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Web.Features.Audit.Commands;

namespace Dashboard.Web.Features.Audit;

/// <summary>Verifies the log beside the pages, one check at a time in this process: one may leave the page and come back.</summary>
public sealed class AuditCheck(
    AuditVerifier verifier,
    CommandRunner commands,
    IHostApplicationLifetime host,
    ILogger<AuditCheck> log
) : IProgress<AuditProgress>
{
    private int _running;

    /// <summary>True while it is at work.</summary>
    public bool IsRunning => _running == 1;

    /// <summary>How far; null before the first rows.</summary>
    public AuditProgress? Progress { get; private set; }

    /// <summary>What the last check of this process found.</summary>
    public AuditReport? Report { get; private set; }

    /// <summary>Why the last check could not be finished, in a sentence; null when it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts one, unless one is at work or the session of who asks has ended.</summary>
    public Task StartAsync(Actor actor)
    {
        if (!actor.HasAnyRole(Roles.ComplianceOfficers))
        {
            Failure = "Your session has ended. Sign in again.";
            return Task.CompletedTask;
        }

        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return Task.CompletedTask;
        }

        (Progress, Failure) = (null, null);
        return Task.Run(() => RunAsync(actor), CancellationToken.None);
    }

    void IProgress<AuditProgress>.Report(AuditProgress value) => Progress = value;

    private async Task RunAsync(Actor actor)
    {
        try
        {
            var report = await verifier.VerifyAsync(null, this, host.ApplicationStopping);
            Report = report;
            await commands.RunAsync(
                new NoteAuditCheck(
                    report.IsUnbroken,
                    report.Rows,
                    report.Head?.ToString(),
                    report.First?.Text
                ),
                actor,
                host.ApplicationStopping
            );
        }
        catch (Exception failure)
        {
            log.LogError(failure, "The audit log could not be verified");
            Failure = "The check could not be finished: the database could not be read. Try again.";
        }
        finally
        {
            Interlocked.Exchange(ref _running, 0);
        }
    }
}
