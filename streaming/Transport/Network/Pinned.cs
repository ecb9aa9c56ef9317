using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Xunke.Streaming.Transport.Network;

/// <summary>
/// An array that the garbage collector never moves, so that structures of the kernel may point into it. It lives as
/// long as somebody holds it: nothing can be used after it was freed.
/// </summary>
internal sealed unsafe class Pinned<T>(int length)
    where T : unmanaged
{
    private readonly T[] _items = GC.AllocateArray<T>(length, pinned: true);

    /// <summary>The first item.</summary>
    public T* Pointer => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_items));

    public ref T this[int index] => ref _items[index];

    public Span<T> Slice(int start, int count) => _items.AsSpan(start, count);
}
