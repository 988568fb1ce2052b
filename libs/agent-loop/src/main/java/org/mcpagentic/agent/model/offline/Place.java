package org.mcpagentic.agent.model.offline;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mcpagentic.agent.model.offline.Token.Kind;

/**
 * A place whose time zone is known: one of the cities of the IANA database, or of well-known others.
 *
 * @param name as it was written
 * @param zone a name of the IANA database, or what was written like one
 */
record Place(String name, String zone) {

    private static final int MAX_WORDS = 4;
    private static final Set<String> REGIONS = Set.of(
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific");

    /** These have no zone of their own in the database, or go by another name. */
    private static final String OTHERS = """
            utc=UTC;gmt=UTC;zulu=UTC;et=America/New_York;est=America/New_York;edt=America/New_York;pt=America/Los_Angeles;pst=America/Los_Angeles;\
            pdt=America/Los_Angeles;ct=America/Chicago;cst=America/Chicago;cet=Europe/Berlin;cest=Europe/Berlin;jst=Asia/Tokyo;nyc=America/New_York;\
            new york city=America/New_York;washington=America/New_York;boston=America/New_York;miami=America/New_York;atlanta=America/New_York;\
            philadelphia=America/New_York;montreal=America/Toronto;ottawa=America/Toronto;san francisco=America/Los_Angeles;seattle=America/Los_Angeles;\
            san diego=America/Los_Angeles;las vegas=America/Los_Angeles;california=America/Los_Angeles;dallas=America/Chicago;houston=America/Chicago;\
            texas=America/Chicago;austin=America/Chicago;hawaii=Pacific/Honolulu;alaska=America/Anchorage;rio de janeiro=America/Sao_Paulo;\
            rio=America/Sao_Paulo;brasilia=America/Sao_Paulo;munich=Europe/Berlin;hamburg=Europe/Berlin;frankfurt=Europe/Berlin;cologne=Europe/Berlin;\
            germany=Europe/Berlin;france=Europe/Paris;italy=Europe/Rome;milan=Europe/Rome;spain=Europe/Madrid;barcelona=Europe/Madrid;\
            portugal=Europe/Lisbon;england=Europe/London;uk=Europe/London;the uk=Europe/London;britain=Europe/London;edinburgh=Europe/London;\
            manchester=Europe/London;scotland=Europe/London;ireland=Europe/Dublin;switzerland=Europe/Zurich;geneva=Europe/Zurich;austria=Europe/Vienna;\
            netherlands=Europe/Amsterdam;belgium=Europe/Brussels;sweden=Europe/Stockholm;norway=Europe/Oslo;denmark=Europe/Copenhagen;\
            finland=Europe/Helsinki;poland=Europe/Warsaw;greece=Europe/Athens;turkey=Europe/Istanbul;ukraine=Europe/Kyiv;kiev=Europe/Kyiv;\
            japan=Asia/Tokyo;osaka=Asia/Tokyo;kyoto=Asia/Tokyo;china=Asia/Shanghai;beijing=Asia/Shanghai;shenzhen=Asia/Shanghai;india=Asia/Kolkata;\
            delhi=Asia/Kolkata;new delhi=Asia/Kolkata;mumbai=Asia/Kolkata;bangalore=Asia/Kolkata;bengaluru=Asia/Kolkata;chennai=Asia/Kolkata;\
            hanoi=Asia/Bangkok;thailand=Asia/Bangkok;vietnam=Asia/Ho_Chi_Minh;korea=Asia/Seoul;south korea=Asia/Seoul;philippines=Asia/Manila;\
            israel=Asia/Jerusalem;tel aviv=Asia/Jerusalem;abu dhabi=Asia/Dubai;saudi arabia=Asia/Riyadh;pakistan=Asia/Karachi;islamabad=Asia/Karachi;\
            iran=Asia/Tehran;iraq=Asia/Baghdad;egypt=Africa/Cairo;kenya=Africa/Nairobi;nigeria=Africa/Lagos;south africa=Africa/Johannesburg;\
            cape town=Africa/Johannesburg;canberra=Australia/Sydney;new zealand=Pacific/Auckland;wellington=Pacific/Auckland;argentina=America/Buenos_Aires;\
            peru=America/Lima;colombia=America/Bogota;chile=America/Santiago""";

    private static final Map<String, String> ZONES = new HashMap<>();

    static {
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            int region = id.indexOf('/');
            if (region > 0 && REGIONS.contains(id.substring(0, region))) {
                String city = id.substring(id.lastIndexOf('/') + 1);
                ZONES.put(city.replace('_', ' ').toLowerCase(Locale.ROOT), id);
            }
        }
        for (String other : OTHERS.split(";", -1)) {
            int equals = other.indexOf('=');
            ZONES.put(other.substring(0, equals), other.substring(equals + 1));
        }
    }

    /** The place that is named next, by the most words that name one. */
    static Optional<Place> read(Cursor cursor) {
        int start = cursor.index();
        Token first = cursor.peek();
        if (first.kind() != Kind.WORD) {
            return Optional.empty();
        }
        if (first.text().indexOf('/') > 0) {
            cursor.take();
            String written = cursor.since(start);
            return Optional.of(new Place(written, written));
        }
        StringBuilder name = new StringBuilder();
        int length = 0;
        String zone = "";
        for (int i = 0; i < MAX_WORDS && cursor.peek(i).kind() == Kind.WORD; i++) {
            name.append(i == 0 ? "" : " ").append(cursor.peek(i).text());
            String known = ZONES.get(name.toString());
            if (known != null) {
                length = i + 1;
                zone = known;
            }
        }
        for (int i = 0; i < length; i++) {
            cursor.take();
        }
        return length == 0 ? Optional.empty() : Optional.of(new Place(cursor.since(start), zone));
    }
}
