namespace Dashboard.LocalDatabase;

/// <summary>A lock between processes; the system releases it when its holder dies.</summary>
public static class FileLock
{
    // EWOULDBLOCK and ERROR_SHARING_VIOLATION; anything else (disk full, no rights) is the caller's to see.
    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;
    private const int HeldOnWindows = unchecked((int)0x80070020);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the exclusive lock on <paramref name="file"/>, which is created when missing.</summary>
    public static Task<FileStream> TakeAsync(string file, CancellationToken cancellationToken) =>
        WaitAsync(
            () => new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None),
            cancellationToken
        );

    /// <summary>Waits until nobody holds the exclusive lock, and keeps others from it.</summary>
    public static Task<FileStream> ShareAsync(string file, CancellationToken cancellationToken) =>
        WaitAsync(
            () => new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read),
            cancellationToken
        );

    private static async Task<FileStream> WaitAsync(
        Func<FileStream> open,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                return open();
            }
            catch (IOException e) when (e.HResult is HeldOnLinux or HeldOnMac or HeldOnWindows)
            {
                await Task.Delay(Between, cancellationToken);
            }
        }
    }
}
