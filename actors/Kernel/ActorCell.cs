namespace Xunke.Actors.Kernel;

/// <summary>The stages of a cell's life.</summary>
internal enum CellState
{
    /// <summary>No instance yet.</summary>
    Starting,

    /// <summary>Messages are handled.</summary>
    Running,

    /// <summary>The instance failed: messages wait, within the mailbox's bound, for its successor.</summary>
    Failed,

    /// <summary>Waits for its children to stop.</summary>
    Stopping,

    /// <summary>Stopped for good: messages are dead letters.</summary>
    Terminated,
}

/// <summary>An actor's place in the tree: what outlives its instances, whatever they understand.</summary>
internal abstract class ActorCell(ActorSystem system, ActorCell? parent, string name)
{
    private readonly Dictionary<string, ActorCell> _children = new(StringComparer.Ordinal);
    private readonly HashSet<ActorCell> _watchers = [];
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _terminatedSource = new();
    private bool _closedToChildren;

    public ActorSystem System { get; } = system;

    public ActorCell? Parent { get; } = parent;

    public string Name { get; } = name;

    public string Path { get; } = parent is null ? "" : $"{parent.Path}/{name}";

    public CancellationToken Terminated => _terminatedSource.Token;

    public Task WhenTerminated => _terminated.Task;

    public abstract ActorRef Ref { get; }

    public abstract void Post(SystemMessage message);

    public void RequestStop() => Post(new Stop());

    /// <summary>Adds a child; from the actor's own turn, or for the root from anywhere.</summary>
    public ActorRef<TChild> Spawn<TChild>(string childName, Props<TChild> props)
        where TChild : notnull
    {
        var child = new ActorCell<TChild>(System, this, childName, props);
        lock (_children)
        {
            if (_closedToChildren)
            {
                throw new InvalidOperationException($"{Path} is stopping and takes no child '{childName}'.");
            }

            if (!_children.TryAdd(childName, child))
            {
                throw new InvalidOperationException($"{Path} has a child '{childName}' already.");
            }
        }

        child.Post(new Start());
        return child.TypedRef;
    }

    public ActorCell? Child(string childName)
    {
        lock (_children)
        {
            return _children.GetValueOrDefault(childName);
        }
    }

    public ActorRef[] Children()
    {
        lock (_children)
        {
            return [.. _children.Values.Select(child => child.Ref)];
        }
    }

    /// <summary>Asks all children to stop and lets no new one in.</summary>
    /// <returns>True where there is none to wait for.</returns>
    protected bool CloseChildren()
    {
        ActorCell[] stopping;
        lock (_children)
        {
            _closedToChildren = true;
            stopping = [.. _children.Values];
        }

        foreach (var child in stopping)
        {
            child.RequestStop();
        }

        return stopping.Length == 0;
    }

    /// <summary>Forgets a child that has stopped.</summary>
    /// <returns>True where it was the last.</returns>
    protected bool RemoveChild(ActorCell child)
    {
        lock (_children)
        {
            _children.Remove(child.Name);
            return _children.Count == 0;
        }
    }

    protected void RestartHeldChildren()
    {
        lock (_children)
        {
            foreach (var child in _children.Values)
            {
                child.Post(new RestartWithParent());
            }
        }
    }

    protected void AddWatcher(ActorCell watcher) => _watchers.Add(watcher);

    protected void RemoveWatcher(ActorCell watcher) => _watchers.Remove(watcher);

    protected void AnnounceTermination()
    {
        // First the parent, so that one who watches its child can make another of the same name at once.
        Parent?.Post(new ChildStopped(this));
        foreach (var watcher in _watchers)
        {
            watcher.Post(new WatchedStopped(this));
        }

        _terminated.SetResult();
        _terminatedSource.Cancel();
    }
}
