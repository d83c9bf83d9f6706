package dev.orrery.userland.file;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of files many volumes may keep in memory together, whatever their sizes say: a
 * disk of 1 TiB is cheap to promise. Beyond it writes are refused as on a full disk. What a volume
 * took comes back when it is discarded, or when nobody holds it any more.
 */
public final class Allowance {
    /** For volumes whose own sizes are bound enough. */
    public static final Allowance UNLIMITED = new Allowance(Long.MAX_VALUE);

    private final long limitBytes;
    private final AtomicLong taken = new AtomicLong();
    private final ReferenceQueue<Volume> gone = new ReferenceQueue<>();
    private final Map<Reference<? extends Volume>, AtomicLong> holders = new ConcurrentHashMap<>();

    public Allowance(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    public long takenBytes() {
        reclaim();
        return taken.get();
    }

    /** From now on what the counter says is the volume's; nothing is known of the unlimited. */
    void register(Volume volume, AtomicLong counter) {
        if (this != UNLIMITED) {
            holders.put(new WeakReference<>(volume, gone), counter);
        }
    }

    void take(AtomicLong counter, long bytes) {
        if (this == UNLIMITED) {
            return;
        }
        if (bytes > 0) {
            reclaim();
        }
        if (taken.addAndGet(bytes) > limitBytes && bytes > 0) {
            taken.addAndGet(-bytes);
            throw new FileException(Errno.ENOSPC);
        }
        counter.addAndGet(bytes);
    }

    private void reclaim() {
        for (Reference<? extends Volume> each = gone.poll(); each != null; each = gone.poll()) {
            AtomicLong counter = holders.remove(each);
            if (counter != null) {
                taken.addAndGet(-counter.getAndSet(0));
            }
        }
    }
}
