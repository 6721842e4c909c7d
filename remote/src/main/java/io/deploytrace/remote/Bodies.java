package io.deploytrace.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.net.http.HttpResponse;
import java.util.Locale;

/** What can be known of the body of an answer, whoever wrote it. */
final class Bodies {

    private static final int MESSAGE_OF_STATUS = 2;

    private Bodies() {}

    static boolean isProtobuf(HttpResponse<byte[]> answer) {
        return type(answer).equals(Protocol.PROTOBUF);
    }

    /** Its media type without parameters. */
    static String type(HttpResponse<byte[]> answer) {
        var type = answer.headers().firstValue("Content-Type").orElse("of no type");
        return Texts.shown(type.split(";", 2)[0]).toLowerCase(Locale.ROOT);
    }

    /** The message of the {@code google.rpc.Status} that explains an error; empty if it is none. */
    static String errorMessage(HttpResponse<byte[]> answer) {
        if (!isProtobuf(answer)) {
            return "";
        }
        try {
            var texts = UnknownFieldSet.parseFrom(answer.body())
                    .getField(MESSAGE_OF_STATUS)
                    .getLengthDelimitedList();
            return texts.isEmpty() ? "" : Texts.shown(texts.get(0).toStringUtf8());
        } catch (InvalidProtocolBufferException garbage) {
            return "";
        }
    }
}
